package salt.minion.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.PythonText;

/**
 * A function whose result goes into the mine.
 *
 * @param alias the name of the result
 * @param named the function when it has another name; null when not
 * @param allowed {@code allow_tgt} and {@code allow_tgt_type}: who may get the result
 */
record MineFunction(
    String alias,
    String named,
    List<Object> arguments,
    Map<String, Object> keywords,
    Map<String, Object> allowed) {

  /** The functions that the pillar and, before it, the minion's options name. */
  static Map<?, ?> configured(MinionContext context) {
    Map<Object, Object> all = new LinkedHashMap<>();
    Object master = context.pillar().get("master");
    for (Object source :
        new Object[] {
          master instanceof Map<?, ?> map ? map.get("mine_functions") : null,
          context.pillar().get("mine_functions"),
          context.options().any("mine_functions")
        }) {
      all.putAll(definitions(source));
    }
    return all;
  }

  /** Definitions by alias: a map of them, or a list of functions without arguments. */
  static Map<?, ?> definitions(Object source) {
    if (source instanceof Map<?, ?> map) {
      return map;
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    if (source instanceof List<?> list) {
      list.forEach(name -> all.put(name, Map.of()));
    }
    return all;
  }

  /** Reads a definition: a list of arguments, maps in it being keywords, or a map of keywords. */
  static MineFunction of(String alias, Object definition) {
    List<Object> arguments = new ArrayList<>();
    Map<Object, Object> keywords = new LinkedHashMap<>();
    List<?> items =
        definition instanceof List<?> list
            ? list
            : definition instanceof Map<?, ?> ? List.of(definition) : List.of();
    for (Object item : items) {
      if (item instanceof Map<?, ?> map) {
        keywords.putAll(map);
      } else {
        arguments.add(item);
      }
    }
    return of(alias, arguments, keywords);
  }

  static MineFunction of(String alias, List<Object> arguments, Map<?, ?> definition) {
    Map<String, Object> keywords = new LinkedHashMap<>();
    definition.forEach((key, value) -> keywords.put(PythonText.str(key), value));
    Object named = keywords.remove("mine_function");
    Map<String, Object> allowed = new LinkedHashMap<>();
    for (String name : List.of("allow_tgt", "allow_tgt_type")) {
      Object value = keywords.remove(name);
      if (PythonText.truth(value)) {
        allowed.put(name, value);
      }
    }
    return new MineFunction(
        alias,
        PythonText.truth(named) ? PythonText.str(named) : null,
        arguments,
        keywords,
        allowed);
  }

  /** The function to call. */
  String name() {
    return named == null ? alias : named;
  }

  /** The result with who may get it, in the form of the mine. */
  Object guarded(Object result) {
    if (!allowed.containsKey("allow_tgt")) {
      return result;
    }
    Map<String, Object> guarded = new LinkedHashMap<>();
    guarded.put("__data__", result);
    guarded.put("__saltmine_acl__", 1L);
    guarded.putAll(allowed);
    return guarded;
  }

  /** The definition as {@code mine.valid} shows it. */
  Object shown(Object definition) {
    if (named == null) {
      return definition;
    }
    List<Object> all = new ArrayList<>(arguments);
    keywords.forEach((name, value) -> all.add(Map.of(name, value)));
    return Map.of(named, all);
  }
}

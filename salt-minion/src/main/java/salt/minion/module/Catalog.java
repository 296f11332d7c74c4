package salt.minion.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import salt.common.loader.Function;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.loader.ServiceFunctions;
import salt.common.pattern.Glob;

/** Lists declared functions by what {@code sys} is asked for. */
final class Catalog {
  private final Functions functions;

  Catalog(Functions functions) {
    this.functions = functions;
  }

  /** What is declared of a kind that this minion does not call itself. */
  static Catalog listed(ModuleIndex.Kind kind) {
    return new Catalog(
        new ServiceFunctions(
            kind,
            () -> {
              throw new IllegalStateException(kind + " functions are only listed here");
            }));
  }

  Map<String, String> docs(List<Object> wanted) {
    Map<String, String> docs = new LinkedHashMap<>();
    for (String name : names(wanted)) {
      docs.put(name, functions.find(name).orElseThrow().doc());
    }
    return docs;
  }

  Map<String, Map<String, Object>> argspecs(Object wanted) {
    Map<String, Map<String, Object>> specs = new LinkedHashMap<>();
    for (String name : named(wanted)) {
      specs.put(name, argspec(functions.find(name).orElseThrow()));
    }
    return specs;
  }

  List<Object> schemas(Object wanted) {
    List<Object> schemas = new ArrayList<>();
    for (String name : named(wanted)) {
      schemas.add(StateSchema.of(name, functions.find(name).orElseThrow()));
    }
    return schemas;
  }

  /** All names for an empty text. */
  private Iterable<String> named(Object wanted) {
    return text(wanted).isEmpty() ? functions.names() : names(List.of(wanted));
  }

  private static Map<String, Object> argspec(Function function) {
    List<Object> names = new ArrayList<>();
    List<Object> defaults = new ArrayList<>();
    for (Function.Parameter parameter : function.parameters()) {
      if (parameter.kind() == Function.Kind.NAMED) {
        names.add(parameter.name());
        if (!parameter.required()) {
          defaults.add(parameter.defaultValue());
        }
      }
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("args", names.isEmpty() ? null : names);
    spec.put("defaults", defaults.isEmpty() ? null : defaults);
    spec.put("varargs", function.takes(Function.Kind.POSITIONAL) ? true : null);
    spec.put("kwargs", function.takes(Function.Kind.KEYWORDS) ? true : null);
    return spec;
  }

  /** The functions of whole modules, or that match a pattern, or of exactly a name. */
  private NavigableSet<String> names(List<Object> wanted) {
    if (wanted.isEmpty()) {
      return new TreeSet<>(functions.names());
    }
    NavigableSet<String> names = new TreeSet<>();
    for (Object item : wanted) {
      String name = text(item);
      if (name.contains("*")) {
        Glob glob = Glob.of(name);
        functions.names().stream().filter(glob::matches).forEach(names::add);
      } else {
        functions.names().stream()
            .filter(found -> found.equals(name) || found.startsWith(name + "."))
            .forEach(names::add);
      }
    }
    return names;
  }

  List<String> functions(List<Object> wanted) {
    return List.copyOf(names(wanted));
  }

  /** The modules named, or that have a function which matches a pattern. */
  List<String> modules(List<Object> wanted) {
    if (wanted.isEmpty()) {
      return List.copyOf(functions.modules());
    }
    NavigableSet<String> modules = new TreeSet<>();
    for (Object item : wanted) {
      String name = text(item);
      if (name.contains("*")) {
        Glob glob = Glob.of(name);
        for (String function : functions.names()) {
          if (glob.matches(function)) {
            modules.add(function.substring(0, function.indexOf('.')));
          }
        }
      } else if (functions.modules().contains(name)) {
        modules.add(name);
      }
    }
    return List.copyOf(modules);
  }

  private static String text(Object name) {
    if (name instanceof String text) {
      return text;
    }
    throw new PythonError(
        "TypeError", "argument of type '" + PythonType.of(name) + "' is not iterable");
  }
}

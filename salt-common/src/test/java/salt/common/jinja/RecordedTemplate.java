package salt.common.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import salt.common.loader.PythonError;
import salt.common.payload.OrderedDict;
import salt.common.payload.PythonText;

/** A recorded case: a template with what it sees, rendered by us. */
final class RecordedTemplate {
  private static final String ROOT = "$ROOT/cache/files/base/";
  private static final SaltTemplates TEMPLATES = new SaltTemplates();

  private final Map<?, ?> defaults;
  private final Map<?, ?> spec;

  RecordedTemplate(Map<?, ?> defaults, Map<?, ?> spec) {
    this.defaults = defaults;
    this.spec = spec;
  }

  String id() {
    return (String) spec.get("id");
  }

  String template() {
    return (String) spec.get("template");
  }

  Map<?, ?> expected() {
    return (Map<?, ?>) spec.get("expect");
  }

  /** What plain-Python PyYAML gives, where that differs. */
  Map<?, ?> expectedOtherwise() {
    return (Map<?, ?>) spec.get("expect_pure_yaml");
  }

  String render() {
    String sls = spec.get("sls") instanceof String name ? name : "suite.case";
    String file = sls.isEmpty() ? "case.sls" : sls.replace('.', '/') + ".sls";
    SaltContext context =
        new SaltContext(variables(), functions(), files(), "base", sls, file, ROOT + file);
    return TEMPLATES.render(template(), context);
  }

  private Object context(String key) {
    Map<?, ?> own = spec.get("context") instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> shared = defaults.get("context") instanceof Map<?, ?> map ? map : Map.of();
    return own.containsKey(key) ? own.get(key) : shared.get(key);
  }

  private Map<String, Object> variables() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("grains", copy(context("grains"), new LinkedHashMap<Object, Object>()));
    variables.put("pillar", copy(context("pillar"), new LinkedHashMap<Object, Object>()));
    Map<Object, Object> opts = new LinkedHashMap<>();
    opts.put("id", "web1");
    opts.put("file_client", "local");
    opts.put("test", false);
    opts.put("hash_type", "sha256");
    if (context("opts") instanceof Map<?, ?> given) {
      opts.putAll(given);
    }
    variables.put("opts", opts);
    if (context("vars") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> variables.put((String) name, copy(value, null)));
    }
    return variables;
  }

  private static Object copy(Object value, Object fallback) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(k, copy(v, null)));
      return copy;
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item, null)));
      return copy;
    }
    return value == null ? fallback : value;
  }

  private TemplateFiles files() {
    Map<Object, Object> files = new TreeMap<>();
    if (defaults.get("files") instanceof Map<?, ?> shared) {
      files.putAll(shared);
    }
    if (spec.get("files") instanceof Map<?, ?> own) {
      files.putAll(own);
    }
    return path ->
        Optional.ofNullable(files.get(path))
            .map(text -> new TemplateFiles.Found(ROOT + path, (String) text));
  }

  private SaltFunctions functions() {
    Map<?, ?> declared = context("salt") instanceof Map<?, ?> map ? map : Map.of();
    return new SaltFunctions() {
      @Override
      public Optional<Function> find(String name) {
        return Optional.ofNullable(declared.get(name)).map(how -> function(name, (Map<?, ?>) how));
      }

      @Override
      public boolean hasModule(String module) {
        return declared.keySet().stream()
            .anyMatch(name -> ((String) name).startsWith(module + "."));
      }
    };
  }

  private SaltFunctions.Function function(String name, Map<?, ?> how) {
    return (positional, keywords) -> {
      if (how.containsKey("return")) {
        return copy(how.get("return"), null);
      } else if (how.containsKey("raise")) {
        Object message = how.get("raise");
        boolean key = "KeyError".equals(how.get("type"));
        throw new PythonError(
            (String) how.get("type"), key ? PythonText.repr(message) : (String) message);
      } else if (how.containsKey("lookup")) {
        return lookup((String) how.get("lookup"), positional, keywords);
      }
      return echo(how.get("echo"), name, positional, keywords);
    };
  }

  private static Object echo(
      Object how, String name, List<Object> positional, Map<String, Object> keywords) {
    if ("first".equals(how)) {
      return positional.get(0);
    } else if ("dict".equals(how)) {
      Map<Object, Object> all = new LinkedHashMap<>();
      all.put("fun", name);
      all.put("args", new ArrayList<>(positional));
      all.put("kwargs", new LinkedHashMap<Object, Object>(keywords));
      return all;
    }
    List<String> parts = new ArrayList<>();
    positional.forEach(value -> parts.add(PythonText.repr(value)));
    keywords.forEach((key, value) -> parts.add(key + "=" + PythonText.repr(value)));
    return name + "(" + String.join(", ", parts) + ")";
  }

  private Object lookup(String table, List<Object> positional, Map<String, Object> keywords) {
    Object fallback =
        positional.size() > 1 ? positional.get(1) : keywords.getOrDefault("default", "");
    String delimiter = (String) keywords.getOrDefault("delimiter", ":");
    Object value = copy(context(table), new OrderedDict());
    for (String part :
        ((String) positional.get(0)).split(java.util.regex.Pattern.quote(delimiter), -1)) {
      if (value instanceof Map<?, ?> map && map.containsKey(part)) {
        value = map.get(part);
      } else if (value instanceof List<?> list
          && part.matches("\\d+")
          && Integer.parseInt(part) < list.size()) {
        value = list.get(Integer.parseInt(part));
      } else {
        return fallback;
      }
    }
    return value;
  }
}

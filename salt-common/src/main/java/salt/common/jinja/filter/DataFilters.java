package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Bytes;
import salt.common.payload.Json;
import salt.common.payload.JsonStyle;
import salt.common.payload.OrderedDict;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;
import salt.common.yaml.DumpStyle;
import salt.common.yaml.ScalarStyle;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** Salt's filters that write and read data. */
final class DataFilters {
  private static final String MARKER = "    <======================";
  private static final int LINES_AROUND = 5;

  private DataFilters() {}

  static void add(Filters.Table table) {
    table
        .filter(
            "json",
            "format_json(value, sort_keys=True, indent=None)",
            (e, a) -> new Markup(Json.write(jsonable(a[0]), style(a[1], a[2])).strip()))
        .filter("tojson", "tojson(val, indent=None, **options)", (e, a) -> toJson(a))
        .filter("yaml", "format_yaml(value, flow_style=True)", (e, a) -> yaml(a[0], a[1]))
        .filter(
            "python",
            "format_python(value)",
            (e, a) -> new Markup(PythonText.pretty(a[0], 1).strip()))
        .filter("xml", "format_xml(value)", (e, a) -> new Markup(XmlText.of(a[0])))
        .filter("load_yaml", "load_yaml(value)", (e, a) -> loadYaml(a[0]))
        .filter("load_json", "load_json(value)", (e, a) -> loadJson(a[0]))
        .filter("load_text", "load_text(value)", (e, a) -> a[0])
        .filter(
            "dict_to_sls_yaml_params",
            "dict_to_sls_yaml_params(value, flow_style=False)",
            (e, a) -> params(a))
        .filter(
            "yaml_dquote", "yaml_dquote(text)", (e, a) -> quoted(a[0], ScalarStyle.DOUBLE_QUOTED))
        .filter(
            "yaml_squote", "yaml_squote(text)", (e, a) -> quoted(a[0], ScalarStyle.SINGLE_QUOTED))
        .filter("yaml_encode", "yaml_encode(data)", (e, a) -> encode(a[0]));
  }

  private static JsonStyle style(Object sorted, Object indent) {
    JsonStyle style = Truth.of(sorted) ? JsonStyle.COMPACT.sorted() : JsonStyle.COMPACT;
    if (indent == null) {
      return style;
    }
    return style.indentedBy(
        Texts.isText(indent)
            ? Texts.str(indent)
            : " ".repeat(Math.min(100, Numbers.index(indent))));
  }

  private static Object toJson(Object[] a) {
    Map<?, ?> options = (Map<?, ?>) a[2];
    JsonStyle style = style(Truth.of(options.get("sort_keys")), a[1]).inAscii();
    if (options.get("separators") instanceof List<?> both && both.size() == 2) {
      style = style.separatedBy(Texts.str(both.get(0)), Texts.str(both.get(1)));
    }
    String text = Json.write(jsonable(a[0]), style);
    return new Markup(
        text.replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("'", "\\u0027"));
  }

  /** The value as JSON can write it. */
  private static Object jsonable(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(jsonKey(k), jsonable(v)));
      return copy;
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(jsonable(item)));
      return copy;
    } else if (value instanceof Markup markup) {
      return markup.content();
    } else if (value instanceof SequenceFilters.GroupOf group) {
      return jsonable(Given.list(group));
    } else if (value instanceof PythonObject || value instanceof Set || value instanceof Bytes) {
      throw Errors.type("Object of type " + Types.of(value) + " is not JSON serializable");
    }
    return value;
  }

  private static Object jsonKey(Object key) {
    if (key == null || Types.isNumber(key) || Texts.isText(key)) {
      return Texts.isText(key) ? Texts.str(key) : key;
    }
    throw Errors.type("keys must be str, int, float, bool or None, not " + Types.of(key));
  }

  private static final String NOTHING = "NULL";

  private static Object yaml(Object value, Object flow) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
    }
    if (value instanceof PythonObject && !(value instanceof SequenceFilters.GroupOf)) {
      return new Markup(NOTHING);
    }
    DumpStyle style =
        Truth.of(flow) ? DumpStyle.BLOCK.flowing(DumpStyle.Flow.ALWAYS) : DumpStyle.BLOCK;
    String text = Yaml.dump(plain(value), style).strip();
    String shown = text.endsWith("\n...") ? text.substring(0, text.length() - 4) : text;
    return new Markup(shown);
  }

  /** The value without what only templates know: what YAML can't show is NULL to Salt. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy =
          map instanceof OrderedDict ? new OrderedDict() : new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(plain(k), plain(v)));
      return copy;
    } else if (value instanceof SequenceFilters.GroupOf group) {
      return plain(Given.list(group));
    } else if (value instanceof List<?> && !(value instanceof Tuple)) {
      List<Object> copy = new ArrayList<>();
      ((List<?>) value).forEach(item -> copy.add(plain(item)));
      return copy;
    } else if (value instanceof PythonObject) {
      if (value instanceof Undefined undefined) {
        undefined.demandLenient();
      }
      return NOTHING;
    }
    return value;
  }

  private static Object loadYaml(Object value) {
    String text = Texts.orNull(value);
    if (text == null) {
      throw Errors.template("Unable to load yaml from " + Texts.str(value));
    }
    try {
      return Yaml.load(text);
    } catch (YamlProblem problem) {
      String message = "Encountered error loading yaml: " + said(problem);
      throw Errors.template(
          problem.line() == 0 ? message : message + "\n" + excerpt(text, problem.line()));
    }
  }

  private static String said(YamlProblem problem) {
    String message = problem.getMessage();
    String[] lines = message.split("\n", -1);
    return lines[lines.length - 1];
  }

  private static String excerpt(String text, int line) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int first = Math.max(1, line - LINES_AROUND);
    int last = Math.min(lines.size(), line + LINES_AROUND);
    StringBuilder out = new StringBuilder("---\n").append(first > 1 ? "[...]\n" : "");
    for (int i = first; i <= last; i++) {
      out.append(lines.get(i - 1)).append(i == line ? MARKER : "").append('\n');
    }
    return out.append(last < lines.size() ? "[...]\n" : "").append("---").toString();
  }

  private static Object loadJson(Object value) {
    String text = Texts.orNull(value);
    try {
      if (text != null) {
        return Json.parse(text);
      }
    } catch (RuntimeException notJson) {
      throw Errors.template("Unable to load json from " + text);
    }
    throw Errors.template("Unable to load json from " + Texts.str(value));
  }

  private static Object params(Object[] a) {
    List<Object> list = new ArrayList<>();
    Given.map(a[0])
        .forEach(
            (k, v) -> {
              Map<Object, Object> one = new LinkedHashMap<>();
              one.put(k, v);
              list.add(one);
            });
    return yaml(list, a[1]);
  }

  private static Object quoted(Object value, ScalarStyle style) {
    DumpStyle quoting = DumpStyle.COMPACT.foldedAt(Integer.MAX_VALUE).inAscii().withScalars(style);
    String text = Yaml.dump(Texts.str(value), quoting);
    String scalar = text.substring(0, text.lastIndexOf(text.charAt(0)) + 1);
    // Salt writes these without the indent of lines that follow.
    return scalar.replace("\n  ", "\n");
  }

  private static Object encode(Object value) {
    if (Texts.isText(value)) {
      return quoted(value, ScalarStyle.DOUBLE_QUOTED);
    } else if (value instanceof Collection
        || value instanceof Map
        || value instanceof PythonObject) {
      throw Errors.type(
          "yaml_encode() only works with YAML scalar data; failed for " + Types.shown(value));
    }
    String text = Yaml.dump(value, DumpStyle.COMPACT).strip();
    return text.endsWith("\n...") ? text.substring(0, text.length() - 4) : text;
  }
}

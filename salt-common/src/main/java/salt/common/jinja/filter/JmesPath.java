package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Items;
import salt.common.jinja.value.Maps;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.loader.PythonError;
import salt.common.payload.Json;

/** Queries of data in JMESPath, the language of the filter {@code json_query}. */
final class JmesPath {
  /** A part of a query: what it gives for a value. */
  interface Step extends UnaryOperator<Object> {}

  private final String query;
  private int at;

  private JmesPath(String query) {
    this.query = query;
  }

  /** What the query gives for the data. */
  static Object search(String query, Object data) {
    JmesPath parser = new JmesPath(query);
    Step step = parser.pipe();
    parser.spaces();
    if (parser.at < query.length()) {
      throw parser.problem();
    }
    return step.apply(data);
  }

  private PythonError problem() {
    return new PythonError(
        "ParserError", "invalid token at column " + at + " of the query " + Texts.repr(query));
  }

  private void spaces() {
    while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
      at++;
    }
  }

  private boolean skip(String mark) {
    spaces();
    boolean there = query.startsWith(mark, at);
    at += there ? mark.length() : 0;
    return there;
  }

  private void expect(String mark) {
    if (!skip(mark)) {
      throw problem();
    }
  }

  private Step pipe() {
    Step left = or();
    while (!query.startsWith("||", at) && skip("|")) {
      Step before = left;
      Step right = or();
      left = value -> right.apply(before.apply(value));
    }
    return left;
  }

  private Step or() {
    Step left = and();
    while (skip("||")) {
      Step before = left;
      Step right = and();
      left =
          value -> {
            Object one = before.apply(value);
            return JmesFunctions.truth(one) ? one : right.apply(value);
          };
    }
    return left;
  }

  private Step and() {
    Step left = not();
    while (skip("&&")) {
      Step before = left;
      Step right = not();
      left =
          value -> {
            Object one = before.apply(value);
            return JmesFunctions.truth(one) ? right.apply(value) : one;
          };
    }
    return left;
  }

  private Step not() {
    spaces();
    if (query.startsWith("!", at) && !query.startsWith("!=", at)) {
      at++;
      Step of = not();
      return value -> !JmesFunctions.truth(of.apply(value));
    }
    return comparison();
  }

  private Step comparison() {
    Step left = chain();
    for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
      if (skip(operator)) {
        Step right = chain();
        return value -> compare(operator, left.apply(value), right.apply(value));
      }
    }
    return left;
  }

  private static Object compare(String operator, Object one, Object other) {
    return switch (operator) {
      case "==" -> Comparison.equal(one, other);
      case "!=" -> !Comparison.equal(one, other);
      default ->
          Types.isNumber(one) && Types.isNumber(other)
              ? (Object) Comparison.ordered(operator, one, other)
              : null;
    };
  }

  /** A first part and what follows it: fields, indexes, projections. */
  private Step chain() {
    spaces();
    Step first = value -> value;
    boolean continued = at < query.length() && (query.charAt(at) == '[' || query.charAt(at) == '*');
    if (!continued || multiselect()) {
      first = primary();
    }
    return rest(first);
  }

  private boolean multiselect() {
    if (query.charAt(at) != '[') {
      return false;
    }
    int next = at + 1;
    while (next < query.length() && Character.isWhitespace(query.charAt(next))) {
      next++;
    }
    char c = next < query.length() ? query.charAt(next) : 0;
    return !(c == '*' || c == '?' || c == ']' || c == ':' || c == '-' || Character.isDigit(c));
  }

  /** What follows {@code left}; behind a projection the rest is for each of its items. */
  private Step rest(Step left) {
    spaces();
    if (skip(".")) {
      if (skip("*")) {
        return project(
            left, value -> value instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : null);
      }
      Step field = primary();
      return rest(value -> ofPresent(field, left.apply(value)));
    } else if (query.startsWith("[", at)) {
      at++;
      return bracket(left);
    } else if (at < query.length() && query.charAt(at) == '*') {
      at++;
      return project(
          left, value -> value instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : null);
    }
    return left;
  }

  private static Object ofPresent(Step field, Object value) {
    return value == null ? null : field.apply(value);
  }

  private Step bracket(Step left) {
    if (skip("*")) {
      expect("]");
      return project(left, JmesPath::list);
    } else if (skip("]")) {
      return project(left, value -> list(value) == null ? null : flat((List<?>) value));
    } else if (skip("?")) {
      Step test = or();
      expect("]");
      return project(left, value -> list(value) == null ? null : passing((List<?>) value, test));
    }
    Object start = number();
    if (start != null && skip("]")) {
      return rest(
          value -> {
            Object list = list(left.apply(value));
            Object item = list == null ? null : Items.get(list, start);
            return item == PythonObject.ABSENT ? null : item;
          });
    }
    expect(":");
    Object stop = number();
    Object stride = skip(":") ? number() : null;
    expect("]");
    return project(
        left, value -> list(value) == null ? null : Items.slice(value, start, stop, stride));
  }

  private static Object list(Object value) {
    return value instanceof List ? value : null;
  }

  private static List<Object> flat(List<?> list) {
    List<Object> flat = new ArrayList<>();
    for (Object item : list) {
      if (item instanceof List<?> inner) {
        flat.addAll(inner);
      } else {
        flat.add(item);
      }
    }
    return flat;
  }

  private static List<Object> passing(List<?> list, Step test) {
    List<Object> kept = new ArrayList<>();
    for (Object item : list) {
      if (JmesFunctions.truth(test.apply(item))) {
        kept.add(item);
      }
    }
    return kept;
  }

  private Step project(Step left, Step items) {
    Step each = rest(value -> value);
    return value -> {
      Object list = items.apply(left.apply(value));
      if (list == null) {
        return null;
      }
      List<Object> results = new ArrayList<>();
      for (Object item : (List<?>) list) {
        Object result = each.apply(item);
        if (result != null) {
          results.add(result);
        }
      }
      return results;
    };
  }

  private Object number() {
    spaces();
    int start = at;
    while (at < query.length()
        && (Character.isDigit(query.charAt(at)) || query.charAt(at) == '-')) {
      at++;
    }
    String digits = query.substring(start, at);
    if (digits.isEmpty()) {
      return null;
    } else if (!digits.matches("-?\\d{1,9}")) {
      throw problem();
    }
    return Long.valueOf(digits);
  }

  private Step primary() {
    spaces();
    char c = at < query.length() ? query.charAt(at) : 0;
    return switch (c) {
      case '@' -> {
        at++;
        yield value -> value;
      }
      case '(' -> {
        at++;
        Step inner = pipe();
        expect(")");
        yield inner;
      }
      case '`' -> literal();
      case '\'' -> {
        String text = quoted('\'').replace("\\'", "'");
        yield value -> text;
      }
      case '"' -> field((String) Json.parse("\"" + quoted('"') + "\""));
      case '[' -> several();
      case '{' -> named();
      default -> nameOrCall();
    };
  }

  private String quoted(char mark) {
    int start = ++at;
    while (at < query.length() && query.charAt(at) != mark) {
      at += query.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= query.length()) {
      throw problem();
    }
    return query.substring(start, at++);
  }

  private Step literal() {
    String text = quoted('`').replace("\\`", "`").strip();
    Object value;
    try {
      value = Json.parse(text);
    } catch (RuntimeException plainText) {
      // JMESPath takes what is no JSON for text.
      value = text;
    }
    Object constant = value;
    return ignored -> constant;
  }

  private static Step field(String name) {
    return value -> {
      Object found = value instanceof Map<?, ?> map ? Maps.get(map, name) : null;
      return found == PythonObject.ABSENT ? null : found;
    };
  }

  private Step several() {
    at++;
    List<Step> steps = new ArrayList<>();
    do {
      steps.add(pipe());
    } while (skip(","));
    expect("]");
    return value -> {
      List<Object> results = new ArrayList<>();
      steps.forEach(step -> results.add(step.apply(value)));
      return value == null ? null : results;
    };
  }

  private Step named() {
    at++;
    Map<String, Step> steps = new LinkedHashMap<>();
    do {
      spaces();
      String name = query.startsWith("\"", at) ? quoted('"') : name();
      expect(":");
      steps.put(name, pipe());
    } while (skip(","));
    expect("}");
    return value -> {
      Map<Object, Object> results = new LinkedHashMap<>();
      steps.forEach((name, step) -> results.put(name, step.apply(value)));
      return value == null ? null : results;
    };
  }

  private String name() {
    int start = at;
    while (at < query.length()
        && (query.charAt(at) == '_' || Character.isLetterOrDigit(query.charAt(at)))) {
      at++;
    }
    if (start == at) {
      throw problem();
    }
    return query.substring(start, at);
  }

  private Step nameOrCall() {
    String name = name();
    if (!skip("(")) {
      return field(name);
    }
    List<Step> arguments = new ArrayList<>();
    while (!skip(")")) {
      if (!arguments.isEmpty()) {
        expect(",");
      }
      if (skip("&")) {
        Step reference = or();
        arguments.add(value -> reference);
      } else {
        arguments.add(pipe());
      }
    }
    return value -> {
      List<Object> values = new ArrayList<>();
      arguments.forEach(argument -> values.add(argument.apply(value)));
      return JmesFunctions.call(name, values);
    };
  }
}

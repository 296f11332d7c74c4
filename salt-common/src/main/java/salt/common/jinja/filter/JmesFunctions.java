package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Sorting;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.loader.PythonError;
import salt.common.payload.Json;

/** The functions of JMESPath. */
final class JmesFunctions {
  private JmesFunctions() {}

  /** What JMESPath takes for true: everything but null, false and what is empty. */
  static boolean truth(Object value) {
    return value != null
        && !Boolean.FALSE.equals(value)
        && !(Iteration.sized(value) && Iteration.length(value) == 0);
  }

  static Object call(String name, List<Object> a) {
    if (a.isEmpty()) {
      throw wrong(name);
    }
    Object first = a.get(0);
    return switch (name) {
      case "length" -> (long) Iteration.length(first);
      case "keys" -> new ArrayList<Object>(map(name, first).keySet());
      case "values" -> new ArrayList<Object>(map(name, first).values());
      case "sort" -> Sorting.sorted(list(name, first), false);
      case "reverse" -> reversed(name, first);
      case "sum" -> list(name, first).stream().reduce(0L, Arithmetic::add);
      case "avg" -> average(list(name, first));
      case "min", "max" -> extreme(list(name, first), UnaryOperator.identity(), name);
      case "to_string" -> Texts.isText(first) ? first : Json.write(first);
      case "to_number" ->
          Texts.isText(first) ? number(Texts.str(first)) : Types.isNumber(first) ? first : null;
      case "to_array" ->
          first instanceof List ? first : new ArrayList<>(Collections.singletonList(first));
      case "type" -> type(first);
      case "not_null" -> a.stream().filter(value -> value != null).findFirst().orElse(null);
      case "merge" -> merged(name, a);
      case "abs" -> Comparison.ordered("<", first, 0L) ? Arithmetic.negate(first) : first;
      case "ceil" -> Numbers.truncate(Math.ceil(Numbers.real(first)));
      case "floor" -> Numbers.truncate(Math.floor(Numbers.real(first)));
      default -> callWithTwo(name, a);
    };
  }

  private static Object callWithTwo(String name, List<Object> a) {
    if (a.size() != 2) {
      throw wrong(name);
    }
    Object first = a.get(0);
    Object second = a.get(1);
    return switch (name) {
      case "contains" -> Iteration.contains(first, second);
      case "starts_with" -> Texts.str(first).startsWith(Texts.str(second));
      case "ends_with" -> Texts.str(first).endsWith(Texts.str(second));
      case "join" ->
          String.join(Texts.str(first), list(name, second).stream().map(Texts::str).toList());
      case "map" -> new ArrayList<>(list(name, second).stream().map(step(name, first)).toList());
      case "sort_by" -> Sorting.sorted(list(name, first), step(name, second), false);
      case "min_by" -> extreme(list(name, first), step(name, second), "min");
      case "max_by" -> extreme(list(name, first), step(name, second), "max");
      default -> throw wrong(name);
    };
  }

  private static PythonError wrong(String name) {
    return new PythonError("JMESPathError", "unknown function or wrong arguments: " + name + "()");
  }

  private static JmesPath.Step step(String name, Object value) {
    if (value instanceof JmesPath.Step step) {
      return step;
    }
    throw wrong(name);
  }

  private static List<Object> list(String name, Object value) {
    if (value instanceof List) {
      return Iteration.list(value);
    }
    throw wrong(name);
  }

  private static Map<?, ?> map(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(name);
  }

  private static Object number(String text) {
    return Numbers.parseInteger(text, 10)
        .<Object>map(n -> n)
        .orElseGet(() -> Numbers.parseReal(text).orElse(null));
  }

  private static Object reversed(String name, Object value) {
    if (Texts.isText(value)) {
      return new StringBuilder(Texts.str(value)).reverse().toString();
    }
    List<Object> list = list(name, value);
    Collections.reverse(list);
    return list;
  }

  private static Object average(List<Object> list) {
    return list.isEmpty()
        ? null
        : Arithmetic.divide(list.stream().reduce(0L, Arithmetic::add), (long) list.size());
  }

  private static Object extreme(List<Object> list, UnaryOperator<Object> key, String which) {
    List<Object> sorted = Sorting.sorted(list, key, "max".equals(which));
    return sorted.isEmpty() ? null : sorted.get(0);
  }

  private static Object merged(String name, List<Object> maps) {
    Map<Object, Object> all = new LinkedHashMap<>();
    maps.forEach(each -> all.putAll(map(name, each)));
    return all;
  }

  private static String type(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Boolean) {
      return "boolean";
    } else if (Types.isNumber(value)) {
      return "number";
    } else if (value instanceof List) {
      return "array";
    }
    return value instanceof Map ? "object" : "string";
  }
}

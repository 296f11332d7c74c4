package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parameters of a function in Python's notation, and how the arguments of a call fill them:
 * {@code do_replace(s, old, new, count=None)}.
 *
 * <p>A {@code !} before the name marks a function that Python has built in: it counts what is
 * missing instead of naming it.
 *
 * <p>Defaults are None, True, False, whole numbers or text in single quotes. A parameter {@code @}
 * at the start is one that the caller does not see but Python counts. {@code *name} and {@code
 * **name} take what is left, as list and as map.
 */
public final class Signature {
  private record Parameter(String name, boolean required, Object preset) {}

  private final String function;
  private final List<Parameter> parameters;
  private final boolean hidden;
  private final boolean rest;
  private final boolean keywords;
  private final boolean builtin;

  private Signature(
      String function, List<Parameter> parameters, boolean hidden, boolean rest, boolean keywords) {
    this.builtin = function.startsWith("!");
    this.function = builtin ? function.substring(1) : function;
    this.parameters = parameters;
    this.hidden = hidden;
    this.rest = rest;
    this.keywords = keywords;
  }

  /** Reads a declaration. */
  public static Signature of(String declaration) {
    int open = declaration.indexOf('(');
    String inside = declaration.substring(open + 1, declaration.length() - 1);
    List<Parameter> parameters = new ArrayList<>();
    boolean hidden = false;
    boolean rest = false;
    boolean keywords = false;
    for (String each : inside.isEmpty() ? List.<String>of() : split(inside)) {
      if ("@".equals(each)) {
        hidden = true;
      } else if (each.startsWith("**")) {
        keywords = true;
      } else if (each.startsWith("*")) {
        rest = true;
      } else {
        parameters.add(parameter(each));
      }
    }
    return new Signature(declaration.substring(0, open), parameters, hidden, rest, keywords);
  }

  private static List<String> split(String inside) {
    return Arrays.asList(inside.split(", (?=[a-zA-Z_@*])", -1));
  }

  private static Parameter parameter(String declared) {
    int equals = declared.indexOf('=');
    if (equals < 0) {
      return new Parameter(declared, true, null);
    }
    String preset = declared.substring(equals + 1);
    return new Parameter(declared.substring(0, equals), false, literal(preset));
  }

  private static Object literal(String text) {
    return switch (text) {
      case "None" -> null;
      case "True" -> true;
      case "False" -> false;
      default ->
          text.startsWith("'")
              ? (Object) text.substring(1, text.length() - 1).replace("\\n", "\n")
              : text.indexOf('.') >= 0
                  ? (Object) Double.valueOf(text)
                  : (Object) Long.valueOf(text);
    };
  }

  /** The name of the function. */
  public String function() {
    return function;
  }

  /**
   * What each parameter gets, in order; behind them the list of what is left, then the map.
   *
   * @throws salt.common.loader.PythonError in Python's words when the arguments do not fit
   */
  public Object[] bind(Arguments arguments) {
    int count = parameters.size();
    Object[] values = new Object[count + (rest ? 1 : 0) + (keywords ? 1 : 0)];
    boolean[] given = new boolean[count];
    List<Object> positional = arguments.positional();
    int taken = Math.min(count, positional.size());
    for (int i = 0; i < taken; i++) {
      values[i] = positional.get(i);
      given[i] = true;
    }
    if (rest) {
      values[count] = new ArrayList<>(positional.subList(taken, positional.size()));
    }
    bindKeywords(arguments.keywords(), values, given);
    if (!rest && positional.size() > count) {
      throw tooMany(positional.size());
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Parameter parameter = parameters.get(i);
      if (!given[i] && parameter.required()) {
        missing.add("'" + parameter.name() + "'");
      } else if (!given[i]) {
        values[i] = parameter.preset();
      }
    }
    if (!missing.isEmpty()) {
      throw tooFew(missing);
    }
    return values;
  }

  private void bindKeywords(Map<String, Object> named, Object[] values, boolean[] given) {
    Map<Object, Object> left = new HashMap<>();
    if (keywords) {
      left = new LinkedHashMap<>();
      values[values.length - 1] = left;
    }
    for (Map.Entry<String, Object> entry : named.entrySet()) {
      int place = place(entry.getKey());
      if (place >= 0 && given[place]) {
        throw Errors.type(
            function + "() got multiple values for argument '" + entry.getKey() + "'");
      } else if (place >= 0) {
        values[place] = entry.getValue();
        given[place] = true;
      } else if (keywords) {
        left.put(entry.getKey(), entry.getValue());
      } else {
        throw Errors.type(
            function + "() got an unexpected keyword argument '" + entry.getKey() + "'");
      }
    }
  }

  private int place(String name) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private RuntimeException tooMany(int positional) {
    long required = parameters.stream().filter(Parameter::required).count() + (hidden ? 1 : 0);
    int most = parameters.size() + (hidden ? 1 : 0);
    int got = positional + (hidden ? 1 : 0);
    String takes = required == most ? "" + most : "from " + required + " to " + most;
    return Errors.type(
        "%s() takes %s positional argument%s but %d %s given"
            .formatted(function, takes, most == 1 ? "" : "s", got, got == 1 ? "was" : "were"));
  }

  private RuntimeException tooFew(List<String> missing) {
    if (builtin) {
      return Errors.type(
          "%s expected %d arguments, got %d"
              .formatted(function, parameters.size(), parameters.size() - missing.size()));
    }
    int count = missing.size();
    String names =
        count == 1
            ? missing.get(0)
            : count == 2
                ? missing.get(0) + " and " + missing.get(1)
                : missing.stream().limit(count - 1).collect(Collectors.joining(", "))
                    + ", and "
                    + missing.get(count - 1);
    return Errors.type(
        "%s() missing %d required positional argument%s: %s"
            .formatted(function, count, count == 1 ? "" : "s", names));
  }
}

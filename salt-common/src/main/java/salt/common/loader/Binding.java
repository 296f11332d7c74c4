package salt.common.loader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import salt.common.loader.Function.Parameter;

/**
 * Puts the arguments of a call in the order of the parameters, by Python's rules and in its words.
 */
final class Binding {
  private final Function function;
  private final Object[] values;
  private final boolean[] given;

  private Binding(Function function) {
    this.function = function;
    this.values = new Object[function.parameters().size()];
    this.given = new boolean[values.length];
  }

  static Object[] bind(Function function, List<?> positional, Map<String, ?> keyword) {
    Binding binding = new Binding(function);
    List<?> surplus = binding.positional(positional);
    Map<String, Object> rest = binding.keyword(keyword);
    binding.checkSurplus(positional.size(), surplus);
    binding.checkMissing();
    binding.fill(surplus, rest);
    return binding.values;
  }

  /** How many parameters take arguments by position. */
  private int places() {
    List<Parameter> parameters = function.parameters();
    int places = 0;
    while (places < parameters.size() && parameters.get(places).kind() == Function.Kind.NAMED) {
      places++;
    }
    return places;
  }

  private List<?> positional(List<?> positional) {
    int used = Math.min(places(), positional.size());
    for (int i = 0; i < used; i++) {
      values[i] = positional.get(i);
      given[i] = true;
    }
    return positional.subList(used, positional.size());
  }

  private Map<String, Object> keyword(Map<String, ?> keyword) {
    Map<String, Object> rest = new LinkedHashMap<>();
    keyword.forEach(
        (name, value) -> {
          int index = function.indexOf(name);
          if (index < 0) {
            rest.put(name, value);
          } else if (given[index]) {
            throw invalid("got multiple values for argument '" + name + "'");
          } else {
            values[index] = value;
            given[index] = true;
          }
        });
    if (!function.takes(Function.Kind.KEYWORDS)) {
      rest.keySet().removeIf(name -> name.startsWith("__"));
      if (!rest.isEmpty()) {
        String name = rest.keySet().iterator().next();
        throw invalid("got an unexpected keyword argument '" + name + "'");
      }
    }
    return rest;
  }

  private void checkSurplus(int number, List<?> surplus) {
    if (surplus.isEmpty() || function.takes(Function.Kind.POSITIONAL)) {
      return;
    }
    int places = places();
    long required =
        function.parameters().subList(0, places).stream().filter(Parameter::required).count();
    String takes =
        required == places
            ? places + (places == 1 ? " positional argument" : " positional arguments")
            : "from " + required + " to " + places + " positional arguments";
    throw invalid(
        "takes " + takes + " but " + number + (number == 1 ? " was" : " were") + " given");
  }

  private void checkMissing() {
    List<String> missing = new ArrayList<>();
    List<Parameter> parameters = function.parameters();
    for (int i = 0; i < values.length; i++) {
      if (parameters.get(i).required() && !given[i]) {
        missing.add("'" + parameters.get(i).name() + "'");
      }
    }
    if (!missing.isEmpty()) {
      String noun = missing.size() == 1 ? " argument: " : " arguments: ";
      throw invalid("missing " + missing.size() + " required positional" + noun + and(missing));
    }
  }

  private static String and(List<String> names) {
    int last = names.size() - 1;
    if (last == 1) {
      return names.get(0) + " and " + names.get(1);
    }
    String listed =
        names.subList(0, last).stream().map(n -> n + ", ").collect(Collectors.joining());
    return listed + (last > 0 ? "and " : "") + names.get(last);
  }

  private void fill(List<?> surplus, Map<String, Object> rest) {
    List<Parameter> parameters = function.parameters();
    for (int i = 0; i < values.length; i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.kind() == Function.Kind.POSITIONAL) {
        values[i] = new ArrayList<Object>(surplus);
      } else if (parameter.kind() == Function.Kind.KEYWORDS) {
        values[i] = rest;
      } else if (!given[i]) {
        values[i] = parameter.defaultValue();
      }
    }
  }

  private CallException invalid(String problem) {
    return new CallException(
        CallException.Kind.INVALID_ARGUMENTS, function.shortName() + "() " + problem);
  }
}

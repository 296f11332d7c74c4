package salt.master.auth;

import java.util.List;
import java.util.Map;

/**
 * The part of an access list that stands under a target: functions by expression, each perhaps with
 * conditions on its arguments, as in {@code - cmd.run: {args: ['uptime'], kwargs: {cwd: '/'}}}.
 */
final class FunctionRules {
  private FunctionRules() {}

  static boolean allow(List<?> rules, String function, List<Object> arguments) {
    return rules.stream().anyMatch(rule -> allows(rule, function, arguments));
  }

  private static boolean allows(Object rule, String function, List<Object> arguments) {
    if (rule instanceof String expression) {
      return Expressions.matchesFunction(expression, function);
    }
    if (rule instanceof Map<?, ?> conditioned && conditioned.size() == 1) {
      Map.Entry<?, ?> entry = conditioned.entrySet().iterator().next();
      return Expressions.matchesFunction(String.valueOf(entry.getKey()), function)
          && meets(entry.getValue(), arguments);
    }
    return false;
  }

  private static boolean meets(Object conditions, List<Object> arguments) {
    if (conditions instanceof List<?> alternatives) {
      return alternatives.stream().anyMatch(each -> meets(each, arguments));
    }
    if (!(conditions instanceof Map<?, ?> map)) {
      return conditions == null;
    }
    boolean hasKeywords = !arguments.isEmpty() && isKeywords(arguments.get(arguments.size() - 1));
    List<Object> positional = hasKeywords ? arguments.subList(0, arguments.size() - 1) : arguments;
    Map<?, ?> keywords = hasKeywords ? (Map<?, ?>) arguments.get(arguments.size() - 1) : Map.of();
    return positionalMeets(map.get("args"), positional)
        && keywordsMeet(map.get("kwargs"), keywords);
  }

  private static boolean isKeywords(Object argument) {
    return argument instanceof Map<?, ?> map && map.containsKey("__kwarg__");
  }

  private static boolean positionalMeets(Object expressions, List<Object> positional) {
    if (!(expressions instanceof List<?> list)) {
      return true;
    }
    for (int i = 0; i < list.size(); i++) {
      Object expression = list.get(i);
      if (expression != null
          && (i >= positional.size() || !valueMatches(expression, positional.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean keywordsMeet(Object expressions, Map<?, ?> keywords) {
    if (!(expressions instanceof Map<?, ?> map)) {
      return true;
    }
    return map.entrySet().stream()
        .allMatch(
            entry ->
                keywords.containsKey(entry.getKey())
                    && valueMatches(entry.getValue(), keywords.get(entry.getKey())));
  }

  private static boolean valueMatches(Object expression, Object value) {
    return expression == null
        || Expressions.matchesFunction(String.valueOf(expression), String.valueOf(value));
  }
}

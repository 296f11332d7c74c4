package salt.common.jinja.filter;

import java.util.List;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;

/** Lists of what is allowed and what is not, as globs and regular expressions. */
final class NameLists {
  private NameLists() {}

  static boolean allowed(String value, Object allowed, Object refused) {
    if (Truth.of(refused) && anyMatches(value, refused)) {
      return false;
    }
    return !Truth.of(allowed) || anyMatches(value, allowed);
  }

  private static boolean anyMatches(String value, Object patterns) {
    Object each = Texts.isText(patterns) ? List.of(patterns) : patterns;
    for (Object pattern : Iteration.over(each)) {
      if (matches(value, Texts.str(pattern))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String value, String pattern) {
    if (value.equals(pattern) || Glob.of(pattern).matches(value)) {
      return true;
    }
    try {
      return PythonRegex.compile("\\A(?:" + pattern + ")\\Z").matchesStart(value);
    } catch (PatternProblem noExpression) {
      // Salt takes what is no expression for a name that does not match.
      return false;
    }
  }
}

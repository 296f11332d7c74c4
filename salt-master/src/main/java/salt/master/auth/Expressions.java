package salt.master.auth;

import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.pattern.GlobOrRegex;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;

/** The two ways in which Salt's access lists name users and functions. */
final class Expressions {
  private static final Logger log = LoggerFactory.getLogger(Expressions.class);

  private Expressions() {}

  /** A function by regular expression, matched from the start and open at the end. */
  static boolean matchesFunction(String expression, String function) {
    try {
      return PythonRegex.compile(expression).matchesStart(function);
    } catch (PatternProblem e) {
      log.error("'{}' in an access list matches nothing: {}", expression, e.getMessage());
      return false;
    }
  }

  /** Whether one of {@code expressions}, patterns or regular ones, matches the whole text. */
  static boolean anyMatchesWhole(Collection<?> expressions, String text) {
    return expressions.stream().anyMatch(each -> GlobOrRegex.matches(String.valueOf(each), text));
  }
}

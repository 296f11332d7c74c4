package salt.master.auth;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ways in which Salt's access lists name users and functions. */
final class Expressions {
  private static final Logger log = LoggerFactory.getLogger(Expressions.class);

  private Expressions() {}

  /** A function by regular expression, matched from the start and open at the end. */
  static boolean matchesFunction(String expression, String function) {
    try {
      return Pattern.compile(expression).matcher(function).lookingAt();
    } catch (PatternSyntaxException e) {
      log.error("'{}' in an access list is no regular expression: {}", expression, e.getMessage());
      return false;
    }
  }

  /** A user or function by name, or by regular expression over the whole. */
  static boolean matchesWhole(String expression, String text) {
    if (expression.equals(text)) {
      return true;
    }
    try {
      return Pattern.matches(expression.replaceAll("(?<![.\\])])\\*", ".*"), text);
    } catch (PatternSyntaxException e) {
      log.error("'{}' in an access list is no regular expression: {}", expression, e.getMessage());
      return false;
    }
  }

  /** Whether one of {@code expressions} matches {@code text} as a whole. */
  static boolean anyMatchesWhole(Collection<?> expressions, String text) {
    return expressions.stream().anyMatch(each -> matchesWhole(String.valueOf(each), text));
  }
}

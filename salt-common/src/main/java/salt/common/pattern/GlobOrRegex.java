package salt.common.pattern;

/**
 * An expression as Salt's lists of ids, users and functions hold them: a shell pattern, or else a
 * regular expression between the start and the end of the text.
 *
 * <p>As in Salt the two ends are written around the expression as it is: {@code a|b} takes what
 * begins with {@code a}, and what ends with {@code b} and nothing else.
 */
public final class GlobOrRegex {
  private GlobOrRegex() {}

  /** Whether {@code text} matches; what is neither a fitting pattern nor an expression does not. */
  public static boolean matches(String expression, String text) {
    if (Glob.of(expression).matches(text)) {
      return true;
    }
    try {
      return PythonRegex.compile("\\A" + expression + "\\Z").matchesStart(text);
    } catch (PatternProblem notRegex) {
      return false;
    }
  }
}

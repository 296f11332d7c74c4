package salt.minion.module;

import java.util.regex.Pattern;

/** A pattern with {@code *}, {@code ?} and {@code [a-z]}, matched as Python's fnmatch does. */
final class Wildcard {
  private final Pattern pattern;

  private Wildcard(Pattern pattern) {
    this.pattern = pattern;
  }

  static Wildcard of(String text) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      int end = c == '[' ? endOfSet(text, i) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        regex.append(set(text.substring(i, end)));
        i = end + 1;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new Wildcard(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Where the set that starts at {@code start} is closed; -1 when it is not and means itself. */
  private static int endOfSet(String text, int start) {
    int first = start < text.length() && text.charAt(start) == '!' ? start + 1 : start;
    return text.indexOf(']', Math.min(first + 1, text.length()));
  }

  private static String set(String content) {
    boolean negated = content.startsWith("!");
    String members =
        (negated ? content.substring(1) : content).replaceAll("([\\[\\]\\\\^&])", "\\\\$1");
    return (negated ? "[^" : "[") + members + "]";
  }

  boolean matches(String text) {
    return pattern.matcher(text).matches();
  }
}

package salt.common.pattern;

import java.util.Arrays;

/** The text of a Python regular expression, read character by character. */
final class RegexSource {
  private final int[] codes;
  private int at;

  RegexSource(String pattern) {
    this.codes = pattern.codePoints().toArray();
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  boolean atEnd() {
    return at >= codes.length;
  }

  /** The next character without taking it; -1 at the end. */
  int peek() {
    return at < codes.length ? codes[at] : -1;
  }

  /** Takes the next character; -1 at the end. */
  int next() {
    return at < codes.length ? codes[at++] : -1;
  }

  /** Takes the next character if it is this one. */
  boolean take(int code) {
    boolean there = peek() == code;
    if (there) {
      at++;
    }
    return there;
  }

  /** Takes everything up to {@code end} and {@code end} itself. */
  String until(int end, String what) {
    int start = at;
    while (!atEnd() && peek() != end) {
      at++;
    }
    if (atEnd()) {
      throw problem(
          at == start ? "missing " + what : "missing " + name(end) + ", unterminated name", start);
    }
    String text = between(start, at);
    at++;
    if (text.isEmpty()) {
      throw problem("missing " + what, start);
    }
    return text;
  }

  /** Takes up to {@code most} digits of this base and gives their number; -1 without any. */
  int digits(int base, int most) {
    int start = at;
    long value = 0;
    while (at - start < most && !atEnd() && Character.digit(ascii(peek()), base) >= 0) {
      value = Math.min(Integer.MAX_VALUE, value * base + Character.digit(next(), base));
    }
    return at == start ? -1 : (int) value;
  }

  private static int ascii(int code) {
    return code < 128 ? code : -1;
  }

  String between(int start, int end) {
    int[] part = Arrays.copyOfRange(codes, start, Math.min(end, codes.length));
    return new String(part, 0, part.length);
  }

  /** The complaint as Python words it: with line and column when the pattern has several lines. */
  PatternProblem problem(String message, int position) {
    StringBuilder text = new StringBuilder(message).append(" at position ").append(position);
    int line = 1;
    int lineStart = 0;
    boolean several = false;
    for (int i = 0; i < codes.length; i++) {
      several |= codes[i] == '\n';
      if (codes[i] == '\n' && i < position) {
        line++;
        lineStart = i + 1;
      }
    }
    if (several) {
      text.append(" (line ").append(line).append(", column ");
      text.append(position - lineStart + 1).append(')');
    }
    return new PatternProblem(text.toString());
  }

  static String name(int code) {
    return Character.toString(code);
  }
}

package salt.common.jinja.syntax;

/** The escapes in the strings of templates: Python's. */
final class StringLiteral {
  private StringLiteral() {}

  /**
   * The text that a string means.
   *
   * @throws IllegalArgumentException with the reason when an escape is wrong
   */
  static String unescape(String source) {
    if (source.indexOf('\\') < 0) {
      return source;
    }
    StringBuilder out = new StringBuilder(source.length());
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at++);
      if (c != '\\') {
        out.append(c);
      } else if (at == source.length()) {
        throw new IllegalArgumentException("\\ at end of string");
      } else {
        at = escape(source, at, out);
      }
    }
    return out.toString();
  }

  private static int escape(String source, int at, StringBuilder out) {
    char c = source.charAt(at);
    int simple = "abfnrtv\\'\"".indexOf(c);
    if (simple >= 0) {
      out.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
      return at + 1;
    }
    return switch (c) {
      case '\n' -> at + 1;
      case 'x' -> code(source, at + 1, 2, "truncated \\xXX escape", out);
      case 'u' -> code(source, at + 1, 4, "truncated \\uXXXX escape", out);
      case 'U' -> code(source, at + 1, 8, "truncated \\UXXXXXXXX escape", out);
      case 'N' -> named(source, at + 1, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(source, at, out);
      default -> {
        out.append('\\').append(c);
        yield at + 1;
      }
    };
  }

  private static int octal(String source, int start, StringBuilder out) {
    int at = start;
    int code = 0;
    while (at < source.length() && at < start + 3 && "01234567".indexOf(source.charAt(at)) >= 0) {
      code = code * 8 + source.charAt(at++) - '0';
    }
    out.appendCodePoint(code);
    return at;
  }

  private static int code(String source, int at, int digits, String refusal, StringBuilder out) {
    if (at + digits > source.length()) {
      throw new IllegalArgumentException(refusal);
    }
    String text = source.substring(at, at + digits);
    if (!text.matches("[0-9a-fA-F]+")) {
      throw new IllegalArgumentException(refusal);
    }
    long code = Long.parseLong(text, 16);
    if (code > Character.MAX_CODE_POINT) {
      throw new IllegalArgumentException("illegal Unicode character");
    }
    out.appendCodePoint((int) code);
    return at + digits;
  }

  private static int named(String source, int at, StringBuilder out) {
    int end = source.indexOf('}', at);
    if (at >= source.length() || source.charAt(at) != '{' || end < 0) {
      throw new IllegalArgumentException("malformed \\N character escape");
    }
    try {
      out.appendCodePoint(Character.codePointOf(source.substring(at + 1, end)));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("unknown Unicode character name", unknown);
    }
    return end + 1;
  }
}

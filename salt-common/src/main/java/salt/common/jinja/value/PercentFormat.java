package salt.common.jinja.value;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import salt.common.loader.PythonError;
import salt.common.payload.Tuple;

/** Formatting of text by {@code %}. */
public final class PercentFormat {
  private final String format;
  private final Object given;
  private final boolean map;
  private final boolean escaping;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int used;

  private PercentFormat(Object format, Object given) {
    this.format = Texts.orNull(format);
    this.given = given;
    this.map = given instanceof Map;
    this.escaping = format instanceof Markup;
  }

  /**
   * {@code format % arguments}.
   *
   * @param format a str, or a Markup that escapes what is put into it
   * @param arguments a tuple of them, a map, or the only one
   */
  public static String format(Object format, Object arguments) {
    return new PercentFormat(format, arguments).run();
  }

  private String run() {
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else {
        conversion();
      }
      Arithmetic.checkSize(out.length());
    }
    boolean container =
        given instanceof Map || (given instanceof List && !(given instanceof Tuple));
    int count = given instanceof Tuple tuple ? tuple.size() : container ? used : 1;
    if (used < count && !(map || (container && !(given instanceof Tuple)))) {
      throw Errors.type("not all arguments converted during string formatting");
    }
    return out.toString();
  }

  private record Field(String flags, int width, int precision, char kind) {
    boolean has(char flag) {
      return flags.indexOf(flag) >= 0;
    }
  }

  private void conversion() {
    Object argument = PythonObject.ABSENT;
    if (at < format.length() && format.charAt(at) == '(') {
      argument = named();
    }
    int start = at;
    while (at < format.length() && "-+ #0".indexOf(format.charAt(at)) >= 0) {
      at++;
    }
    String flags = format.substring(start, at);
    int width = count(-1);
    if (width < -1) {
      flags += '-';
      width = -width;
    }
    int precision = -1;
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      precision = Math.max(0, count(0));
    }
    while (at < format.length() && "hlL".indexOf(format.charAt(at)) >= 0) {
      at++;
    }
    if (at >= format.length()) {
      throw Errors.value("incomplete format");
    }
    Field field = new Field(flags, width, precision, format.charAt(at++));
    if (field.kind() == '%') {
      out.append('%');
      return;
    }
    if ("srcadiuxXoeEfFgG".indexOf(field.kind()) < 0) {
      throw Errors.value(
          "unsupported format character '%c' (0x%x) at index %d"
              .formatted(field.kind(), (int) field.kind(), at - 1));
    }
    write(field, argument == PythonObject.ABSENT ? next() : argument);
  }

  private Object named() {
    int depth = 1;
    int start = ++at;
    while (at < format.length() && depth > 0) {
      char c = format.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    if (depth > 0) {
      throw Errors.value("incomplete format key");
    } else if (!map) {
      throw Errors.type("format requires a mapping");
    }
    String key = format.substring(start, at - 1);
    Object value = Maps.get((Map<?, ?>) given, key);
    if (value == PythonObject.ABSENT) {
      throw Errors.key(key);
    }
    return value;
  }

  private int count(int fallback) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Object value = next();
      if (!Types.isInteger(value)) {
        throw Errors.type("* wants int");
      }
      return Numbers.index(value);
    }
    int start = at;
    while (at < format.length() && Character.isDigit(format.charAt(at))) {
      at++;
    }
    if (at - start > 8) {
      throw Errors.value("width too big");
    }
    return start == at ? fallback : Integer.parseInt(format.substring(start, at));
  }

  private Object next() {
    if (given instanceof Tuple tuple) {
      if (used < tuple.size()) {
        return tuple.get(used++);
      }
    } else if (used++ == 0) {
      return given;
    }
    throw Errors.type("not enough arguments for format string");
  }

  private void write(Field field, Object value) {
    switch (field.kind()) {
      case 's' -> text(field, escaping ? Markup.escape(value).content() : Texts.str(value));
      case 'r' -> text(field, safe(Texts.repr(value)));
      case 'a' -> text(field, safe(ascii(Texts.repr(value))));
      case 'c' -> text(field, character(value));
      case 'd', 'i', 'u' ->
          number(field, sign(field, decimal(field, value)), decimal(field, value));
      case 'x', 'X', 'o' -> based(field, value);
      default -> real(field, value);
    }
  }

  private String safe(String text) {
    return escaping ? Markup.escape(text).content() : text;
  }

  static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 128) {
                out.appendCodePoint(c);
              } else {
                out.append(
                    c < 0x100
                        ? "\\x%02x".formatted(c)
                        : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
              }
            });
    return out.toString();
  }

  private void text(Field field, String text) {
    String cut = text;
    if (field.precision() >= 0 && Texts.length(text) > field.precision()) {
      cut = Texts.slice(text, 0, field.precision());
    }
    out.append(StringLayout.pad(cut, field.width(), " ", field.has('-') ? '<' : '>'));
  }

  private static String character(Object value) {
    if (Types.isInteger(value)) {
      int code = Numbers.index(value);
      if (!Character.isValidCodePoint(code)) {
        throw Errors.overflow("%c arg not in range(0x110000)");
      }
      return Character.toString(code);
    } else if (Texts.isText(value) && Texts.length(Texts.orNull(value)) == 1) {
      return Texts.orNull(value);
    }
    throw Errors.type("%c requires int or char");
  }

  private static BigInteger decimal(Field field, Object value) {
    if (Numbers.isReal(value) && "diu".indexOf(field.kind()) >= 0) {
      return Numbers.big(Numbers.truncate(Numbers.real(value)));
    } else if (Types.isInteger(value)) {
      return Numbers.big(value);
    } else if (value instanceof Undefined undefined) {
      throw undefined.error();
    }
    String needed = "diu".indexOf(field.kind()) >= 0 ? "a real number" : "an integer";
    throw Errors.type(
        "%%%c format: %s is required, not %s".formatted(field.kind(), needed, Types.of(value)));
  }

  private static String sign(Field field, BigInteger value) {
    return sign(field, value.signum() < 0);
  }

  private static String sign(Field field, boolean negative) {
    return negative ? "-" : field.has('+') ? "+" : field.has(' ') ? " " : "";
  }

  private void number(Field field, String sign, BigInteger value) {
    String digits = value.abs().toString();
    digits = "0".repeat(Math.max(0, field.precision() - digits.length())) + digits;
    aligned(field, sign, digits);
  }

  private void based(Field field, Object value) {
    BigInteger whole = decimal(field, value);
    String digits = whole.abs().toString(field.kind() == 'o' ? 8 : 16);
    digits = field.kind() == 'X' ? Casing.asciiUpper(digits) : digits;
    digits = "0".repeat(Math.max(0, field.precision() - digits.length())) + digits;
    String prefix = field.has('#') ? "0" + field.kind() : "";
    aligned(field, sign(field, whole) + prefix, digits);
  }

  private void real(Field field, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (!Types.isNumber(value)) {
      throw new PythonError("TypeError", "must be real number, not " + Types.of(value));
    }
    double number = Numbers.real(value);
    boolean negative = Math.copySign(1, number) < 0 && !Double.isNaN(number);
    int precision = field.precision() < 0 ? 6 : field.precision();
    String digits = NumberFormat.digits(number, field.kind(), precision, field.has('#'));
    aligned(field, sign(field, negative), digits);
  }

  private void aligned(Field field, String sign, String digits) {
    int missing = field.width() - sign.length() - digits.length();
    Arithmetic.checkSize(missing);
    String blanks = " ".repeat(Math.max(0, field.has('-') || !field.has('0') ? missing : 0));
    String zeros = "0".repeat(Math.max(0, !field.has('-') && field.has('0') ? missing : 0));
    if (field.has('-')) {
      out.append(sign).append(digits).append(blanks);
    } else {
      out.append(blanks).append(sign).append(zeros).append(digits);
    }
  }
}

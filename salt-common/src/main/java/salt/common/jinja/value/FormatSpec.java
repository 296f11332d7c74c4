package salt.common.jinja.value;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One value in the form that stands behind the colon of a field of {@code str.format}. */
final class FormatSpec {
  private static final Pattern FORM =
      Pattern.compile("(?s)(?:(.)?([<>=^]))?([+ -])?(z)?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?(.)?");

  private final Object value;
  private final String fill;
  private final char align;
  private final String sign;
  private final boolean alternative;
  private final boolean zeros;
  private final int width;
  private final String grouping;
  private final int precision;
  private final char kind;

  private FormatSpec(Object value, Matcher form) {
    this.value = value;
    this.zeros = form.group(6) != null;
    this.fill = form.group(1) != null ? form.group(1) : zeros ? "0" : " ";
    this.align = form.group(2) != null ? form.group(2).charAt(0) : zeros ? '=' : 0;
    this.sign = form.group(3) == null ? "-" : form.group(3);
    this.alternative = form.group(5) != null;
    this.width = number(form.group(7), 0);
    this.grouping = form.group(8) == null ? "" : form.group(8);
    this.precision = number(form.group(9), -1);
    this.kind = form.group(10) == null ? 0 : form.group(10).charAt(0);
  }

  private static int number(String digits, int fallback) {
    if (digits == null) {
      return fallback;
    } else if (digits.length() > 8) {
      throw Errors.value("Too many decimal digits in format string");
    }
    return Integer.parseInt(digits);
  }

  static String format(Object value, String spec) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
    }
    if (spec.isEmpty()) {
      return Texts.str(value);
    }
    Matcher form = FORM.matcher(spec);
    if (!form.matches()) {
      throw Errors.value(
          "Invalid format specifier '" + spec + "' for object of type '" + Types.of(value) + "'");
    }
    FormatSpec field = new FormatSpec(value, form);
    Arithmetic.checkSize(field.width);
    if (Texts.isText(value)) {
      return field.text();
    } else if (Types.isNumber(value)) {
      return field.number();
    }
    throw Errors.type("unsupported format string passed to " + Types.of(value) + ".__format__");
  }

  private RuntimeException unknown() {
    return Errors.value(
        "Unknown format code '" + kind + "' for object of type '" + Types.of(value) + "'");
  }

  private String text() {
    if (kind != 0 && kind != 's') {
      throw unknown();
    } else if (align == '=') {
      throw Errors.value("'=' alignment not allowed in string format specifier");
    }
    String text = Texts.orNull(value);
    if (precision >= 0 && Texts.length(text) > precision) {
      text = Texts.slice(text, 0, precision);
    }
    return padded("", text, align == 0 ? '<' : align);
  }

  private String number() {
    boolean whole = Types.isInteger(value);
    if (whole && (kind == 0 || "bcdoxXn".indexOf(kind) >= 0)) {
      return integer();
    } else if (kind != 0 && "eEfFgGn%".indexOf(kind) < 0) {
      throw unknown();
    }
    return real();
  }

  private String integer() {
    if (precision >= 0) {
      throw Errors.value("Precision not allowed in integer format specifier");
    }
    BigInteger big = Numbers.big(value);
    if (kind == 'c') {
      return padded("", Character.toString(Numbers.index(value)), align == 0 ? '<' : align);
    }
    int radix = kind == 'b' ? 2 : kind == 'o' ? 8 : kind == 'x' || kind == 'X' ? 16 : 10;
    String digits = big.abs().toString(radix);
    digits = kind == 'X' ? Casing.asciiUpper(digits) : digits;
    String prefix = alternative && radix != 10 ? "0" + kind : "";
    String grouped = grouped(digits, radix == 10 ? 3 : 4);
    return padded(sign(big.signum() < 0) + prefix, grouped, align == 0 ? '>' : align);
  }

  private String real() {
    double number = Numbers.real(value);
    boolean negative = Math.copySign(1, number) < 0 && !Double.isNaN(number);
    String digits;
    if (kind == 0 && precision < 0) {
      digits = NumberFormat.shortest(number);
    } else {
      char form = kind == 0 || kind == 'n' ? 'g' : kind;
      digits = NumberFormat.digits(number, form, precision < 0 ? 6 : precision, alternative);
      if (kind == 0
          && digits.indexOf('.') < 0
          && digits.indexOf('e') < 0
          && digits.indexOf('n') < 0) {
        digits += ".0";
      }
    }
    int end = 0;
    while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
      end++;
    }
    String text = grouped(digits.substring(0, end), 3) + digits.substring(end);
    return padded(sign(negative), text, align == 0 ? '>' : align);
  }

  private String sign(boolean negative) {
    return negative ? "-" : "-".equals(sign) ? "" : sign;
  }

  private String grouped(String digits, int size) {
    if (grouping.isEmpty()) {
      return digits;
    }
    StringBuilder out = new StringBuilder(digits);
    for (int at = digits.length() - size; at > 0; at -= size) {
      out.insert(at, grouping);
    }
    return out.toString();
  }

  private String padded(String sign, String text, char where) {
    int missing = Math.max(0, width - sign.length() - Texts.length(text));
    String filler = fill.repeat(missing);
    return switch (where) {
      case '<' -> sign + text + filler;
      case '=' -> sign + filler + text;
      case '^' -> fill.repeat(missing / 2) + sign + text + fill.repeat(missing - missing / 2);
      default -> filler + sign + text;
    };
  }
}

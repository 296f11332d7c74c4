package salt.common.jinja.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import salt.common.payload.PythonText;

/** Floating-point numbers in the forms e, f and g, as Python and C write them. */
final class NumberFormat {
  private static final int MOST_DIGITS = 10_000;

  private NumberFormat() {}

  /**
   * The digits of the absolute value.
   *
   * @param form e, f, g or %; in capitals for capital letters
   * @param precision digits behind the point, or in all for g
   * @param alternative whether point and zeros at the end stay
   */
  static String digits(double value, char form, int precision, boolean alternative) {
    char kind = Character.toLowerCase(form);
    boolean capital = kind != form;
    double positive = Math.abs(value);
    if (Double.isNaN(positive) || Double.isInfinite(positive)) {
      String word = Double.isNaN(positive) ? "nan" : "inf";
      return (capital ? Casing.asciiUpper(word) : word) + (kind == '%' ? "%" : "");
    } else if (precision > MOST_DIGITS) {
      throw Errors.value("precision too big");
    }
    BigDecimal exact = new BigDecimal(positive);
    String result =
        switch (kind) {
          case 'f' -> fixed(exact, precision, alternative);
          case '%' -> fixed(exact.movePointRight(2), precision, alternative) + "%";
          case 'e' -> exponent(exact, precision, alternative);
          default -> general(exact, Math.max(1, precision), alternative);
        };
    return capital ? Casing.asciiUpper(result) : result;
  }

  private static String fixed(BigDecimal value, int precision, boolean alternative) {
    String text = value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return alternative && precision == 0 ? text + "." : text;
  }

  private static String exponent(BigDecimal value, int precision, boolean alternative) {
    BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int power = rounded.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
    digits = digits.length() > precision + 1 ? digits.substring(0, precision + 1) : digits;
    digits =
        rounded.signum() == 0
            ? "0".repeat(precision + 1)
            : digits + "0".repeat(precision + 1 - digits.length());
    String point = precision > 0 || alternative ? "." : "";
    return digits.charAt(0) + point + digits.substring(1) + "e" + power(power);
  }

  private static String power(int power) {
    return (power < 0 ? "-" : "+") + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
  }

  private static String general(BigDecimal value, int precision, boolean alternative) {
    BigDecimal rounded = value.round(new MathContext(precision, RoundingMode.HALF_EVEN));
    int power = rounded.signum() == 0 ? 0 : rounded.precision() - 1 - rounded.scale();
    if (power >= -4 && power < precision) {
      String text = fixed(value, precision - 1 - power, alternative);
      return alternative ? text : stripped(text);
    }
    String text = exponent(value, precision - 1, alternative);
    int e = text.indexOf('e');
    return alternative ? text : stripped(text.substring(0, e)) + text.substring(e);
  }

  private static String stripped(String text) {
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /** The fewest digits that read back the same, without the sign. */
  static String shortest(double value) {
    return PythonText.repr(Math.abs(value));
  }
}

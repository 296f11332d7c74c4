package salt.common.payload;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as Python writes them: the fewest digits that read back the same. */
final class PythonFloat {
  /** From this power of ten on Python writes an exponent. */
  private static final int LARGEST_PLAIN_EXPONENT = 16;

  private static final int SMALLEST_PLAIN_EXPONENT = -4;
  private static final int ALWAYS_EXACT_DIGITS = 15;
  private static final int ENOUGH_DIGITS = 17;

  private PythonFloat() {}

  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    return value == 0 ? sign + "0.0" : sign + positive(Math.abs(value));
  }

  private static String positive(double value) {
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    if (exponent < SMALLEST_PLAIN_EXPONENT || exponent >= LARGEST_PLAIN_EXPONENT) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
      return digits.charAt(0) + fraction + "e" + power + Math.abs(exponent);
    }
    String plain = shortest.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    // Up to 15 digits survive any normal number, so the tries may begin there.
    int digits = value < Double.MIN_NORMAL ? 1 : ALWAYS_EXACT_DIGITS;
    for (; digits < ENOUGH_DIGITS; digits++) {
      BigDecimal candidate = candidate(exact, value, digits);
      if (candidate != null) {
        return candidate.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /** The closest number of so many digits that reads back as {@code value}; null when none does. */
  private static BigDecimal candidate(BigDecimal exact, double value, int digits) {
    BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
    BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
    boolean belowFits = below.doubleValue() == value;
    boolean aboveFits = above.doubleValue() == value;
    if (belowFits && aboveFits) {
      return exact.subtract(below).compareTo(above.subtract(exact)) <= 0 ? below : above;
    } else if (belowFits) {
      return below;
    }
    return aboveFits ? above : null;
  }
}

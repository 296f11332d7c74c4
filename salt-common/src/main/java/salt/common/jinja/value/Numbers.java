package salt.common.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Conversions between numbers, and from text to numbers. */
public final class Numbers {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+)?");
  private static final int LONGEST = 4300;

  private Numbers() {}

  /** A whole number in its shortest form: Long, or BigInteger beyond its range. */
  public static Number integer(BigInteger value) {
    if (value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0) {
      return value.longValue();
    }
    return value;
  }

  /** The value of a whole number or boolean. */
  public static BigInteger big(Object value) {
    if (value instanceof BigInteger big) {
      return big;
    } else if (value instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    }
    return BigInteger.valueOf(((Number) value).longValue());
  }

  /** The value of a number or boolean as floating-point number. */
  public static double real(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    double result = ((Number) value).doubleValue();
    if (value instanceof BigInteger && Double.isInfinite(result)) {
      throw Errors.overflow("int too large to convert to float");
    }
    return result;
  }

  /** A boolean as 0 or 1, any other value as it is. */
  public static Object plain(Object value) {
    return value instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : value;
  }

  /** Whether it is a floating-point number. */
  public static boolean isReal(Object value) {
    return value instanceof Double || value instanceof Float;
  }

  /**
   * A whole number that an index or a count needs.
   *
   * @throws salt.common.loader.PythonError when it is another value
   */
  public static int index(Object value) {
    if (!Types.isInteger(value)) {
      throw Errors.type("'" + Types.of(value) + "' object cannot be interpreted as an integer");
    }
    BigInteger big = big(value);
    return big.bitLength() < Integer.SIZE
        ? big.intValue()
        : (big.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE);
  }

  /** The whole part of a floating-point number. */
  public static Number truncate(double value) {
    if (Double.isNaN(value)) {
      throw Errors.value("cannot convert float NaN to integer");
    } else if (Double.isInfinite(value)) {
      throw Errors.overflow("cannot convert float infinity to integer");
    }
    return Math.abs(value) < 1e15
        ? (Number) (long) value
        : integer(new BigDecimal(value).toBigInteger());
  }

  /** A whole number from text as Python's {@code int(text, base)} reads it, if it can. */
  public static Optional<Number> parseInteger(String text, int base) {
    String digits = western(text.strip());
    if (!INTEGER.matcher(digits).matches() && !digits.matches("[+-]?0[xXoObB]_[0-9a-fA-F_]+")) {
      return Optional.empty();
    }
    boolean negative = digits.startsWith("-");
    digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    String lower = digits.toLowerCase(Locale.ROOT);
    int radix = base;
    int prefixed =
        lower.startsWith("0x") ? 16 : lower.startsWith("0o") ? 8 : lower.startsWith("0b") ? 2 : 0;
    if (prefixed != 0 && (base == prefixed || base == 0)) {
      radix = prefixed;
      digits = digits.substring(2);
    } else if (base == 0) {
      radix = 10;
      if (digits.startsWith("0") && !digits.matches("[0_]+")) {
        return Optional.empty();
      }
    }
    try {
      String plain = digits.replace("_", "");
      if (plain.length() > LONGEST) {
        throw Errors.value(
            "Exceeds the limit (4300 digits) for integer string conversion: value has "
                + plain.length()
                + " digits; use sys.set_int_max_str_digits() to increase the limit");
      }
      BigInteger value = new BigInteger(plain, radix);
      return Optional.of(integer(negative ? value.negate() : value));
    } catch (NumberFormatException notInThisBase) {
      return Optional.empty();
    }
  }

  /** A floating-point number from text as Python's {@code float(text)} reads it, if it can. */
  public static Optional<Double> parseReal(String text) {
    String digits = western(text.strip());
    if (FLOAT.matcher(digits).matches()) {
      return Optional.of(Double.valueOf(digits.replace("_", "")));
    }
    return switch (digits.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      case "nan", "+nan", "-nan" -> Optional.of(Double.NaN);
      default -> Optional.empty();
    };
  }

  private static String western(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c > 127 && Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
                out.append(Character.digit(c, 10));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}

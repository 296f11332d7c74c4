package salt.common.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** Methods of numbers. */
final class NumberMethods {
  static final Map<String, Method> INTEGER =
      new Methods<Object>("int")
          .add("bit_length()", (value, a) -> (long) Numbers.big(value).abs().bitLength())
          .add("bit_count()", (value, a) -> (long) Numbers.big(value).abs().bitCount())
          .add("conjugate()", (value, a) -> Numbers.plain(value))
          .add("as_integer_ratio()", (value, a) -> pair(Numbers.plain(value), 1L))
          .add("to_bytes(length, byteorder)", (value, a) -> toBytes(value, a))
          .table();
  static final Map<String, Method> FLOAT =
      new Methods<Object>("float")
          .add("is_integer()", (value, a) -> Math.rint(Numbers.real(value)) == Numbers.real(value))
          .add("conjugate()", (value, a) -> value)
          .add("as_integer_ratio()", (value, a) -> ratio(Numbers.real(value)))
          .add("hex()", (value, a) -> hexadecimal(Numbers.real(value)))
          .table();

  private NumberMethods() {}

  static Object property(Object value, String name) {
    return switch (name) {
      case "real" -> Numbers.plain(value);
      case "imag" -> Numbers.isReal(value) ? (Object) 0.0 : (Object) 0L;
      case "numerator" -> Numbers.isReal(value) ? PythonObject.ABSENT : Numbers.plain(value);
      case "denominator" -> Numbers.isReal(value) ? PythonObject.ABSENT : (Object) 1L;
      default -> PythonObject.ABSENT;
    };
  }

  private static Tuple pair(Object one, Object other) {
    return Tuple.of(Arrays.asList(one, other));
  }

  private static Object ratio(double value) {
    BigDecimal exact = new BigDecimal(value).stripTrailingZeros();
    BigInteger numerator = exact.unscaledValue();
    BigInteger denominator = BigInteger.ONE;
    if (exact.scale() > 0) {
      denominator = BigInteger.TEN.pow(exact.scale());
    } else {
      numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
    }
    BigInteger common = numerator.gcd(denominator);
    return pair(
        Numbers.integer(numerator.divide(common)), Numbers.integer(denominator.divide(common)));
  }

  private static Object hexadecimal(double value) {
    if (value == 0) {
      return "0x0.0p+0";
    }
    String java = Double.toHexString(value);
    int point = java.indexOf('.');
    int power = java.indexOf('p');
    String fraction = java.substring(point + 1, power);
    String exponent = java.substring(power + 1);
    String padded = fraction + "0".repeat(Math.max(0, 13 - fraction.length()));
    return java.substring(0, point + 1)
        + padded
        + "p"
        + (exponent.startsWith("-") ? "" : "+")
        + exponent;
  }

  private static Object toBytes(Object value, Object[] a) {
    int length = Numbers.index(a[0]);
    BigInteger big = Numbers.big(value);
    if (big.signum() < 0) {
      throw Errors.overflow("can't convert negative int to unsigned");
    } else if (big.bitLength() > length * 8L) {
      throw Errors.overflow("int too big to convert");
    }
    Arithmetic.checkSize(length);
    byte[] bytes = new byte[length];
    boolean little = "little".equals(a[1]);
    for (int i = 0; i < length; i++) {
      byte b = big.shiftRight(8 * i).byteValue();
      bytes[little ? i : length - 1 - i] = b;
    }
    return Bytes.wrap(bytes);
  }
}

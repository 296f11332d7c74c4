package salt.common.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** Python's arithmetic operators. */
public final class Arithmetic {
  /** The most characters or items that one operation may make. */
  public static final int LARGEST = 20_000_000;

  private static final int MOST_BITS = 1_000_000;

  private Arithmetic() {}

  /** {@code left + right}. */
  public static Object add(Object left, Object right) {
    demand(left, right);
    if (left instanceof Long one && right instanceof Long other) {
      long sum = one + other;
      boolean overflown = ((one ^ sum) & (other ^ sum)) < 0;
      return overflown ? (Object) Numbers.big(left).add(Numbers.big(right)) : (Object) sum;
    } else if (Types.isNumber(left) && Types.isNumber(right)) {
      return reals(left, right)
          ? (Object) (Numbers.real(left) + Numbers.real(right))
          : Numbers.integer(Numbers.big(left).add(Numbers.big(right)));
    } else if (Texts.isText(left)) {
      return joined(left, right);
    } else if (left instanceof List<?> one) {
      return joinedLists(one, right);
    } else if (left instanceof Bytes one && right instanceof Bytes other) {
      byte[] both = Arrays.copyOf(one.toArray(), one.length() + other.length());
      System.arraycopy(other.toArray(), 0, both, one.length(), other.length());
      return Bytes.wrap(both);
    }
    throw unsupported("+", left, right);
  }

  private static Object joined(Object left, Object right) {
    String one = Texts.orNull(left);
    String other = Texts.orNull(right);
    if (other == null) {
      if (left instanceof Markup) {
        throw unsupported("+", left, right);
      }
      throw Errors.type("can only concatenate str (not \"" + Types.of(right) + "\") to str");
    }
    checkSize((long) one.length() + other.length());
    if (left instanceof Markup || right instanceof Markup) {
      return new Markup(Markup.escape(left).content() + Markup.escape(right).content());
    }
    return one + other;
  }

  private static Object joinedLists(List<?> one, Object right) {
    boolean same = right instanceof List<?> && one instanceof Tuple == right instanceof Tuple;
    if (!same) {
      String type = Types.of(one);
      throw Errors.type(
          "can only concatenate %s (not \"%s\") to %s".formatted(type, Types.of(right), type));
    }
    checkSize((long) one.size() + ((List<?>) right).size());
    List<Object> both = new ArrayList<>(one);
    both.addAll((List<?>) right);
    return one instanceof Tuple ? Tuple.of(both) : both;
  }

  /** {@code left - right}. */
  public static Object subtract(Object left, Object right) {
    demand(left, right);
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return reals(left, right)
          ? (Object) (Numbers.real(left) - Numbers.real(right))
          : Numbers.integer(Numbers.big(left).subtract(Numbers.big(right)));
    } else if (left instanceof Set<?> one && right instanceof Set<?> other) {
      Set<Object> rest = new LinkedHashSet<>(one);
      rest.removeIf(item -> Maps.holds(other, item));
      return rest;
    }
    throw unsupported("-", left, right);
  }

  /** {@code left * right}. */
  public static Object multiply(Object left, Object right) {
    demand(left, right);
    if (Types.isNumber(left) && Types.isNumber(right)) {
      if (reals(left, right)) {
        return Numbers.real(left) * Numbers.real(right);
      }
      BigInteger one = Numbers.big(left);
      BigInteger other = Numbers.big(right);
      checkBits((long) one.bitLength() + other.bitLength());
      return Numbers.integer(one.multiply(other));
    } else if (sequence(left)) {
      return repeated(left, right);
    } else if (sequence(right)) {
      return repeated(right, left);
    }
    throw unsupported("*", left, right);
  }

  private static boolean sequence(Object value) {
    return Texts.isText(value) || value instanceof List || value instanceof Bytes;
  }

  private static Object repeated(Object value, Object count) {
    if (!Types.isInteger(count)) {
      throw Errors.type("can't multiply sequence by non-int of type '" + Types.of(count) + "'");
    }
    int times = Math.max(0, Numbers.index(count));
    checkSize((long) Iteration.length(value) * times);
    if (Texts.isText(value)) {
      return Texts.like(value, Texts.orNull(value).repeat(times));
    } else if (value instanceof Bytes bytes) {
      byte[] once = bytes.toArray();
      byte[] all = new byte[once.length * times];
      for (int i = 0; i < times; i++) {
        System.arraycopy(once, 0, all, i * once.length, once.length);
      }
      return Bytes.wrap(all);
    }
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll((List<?>) value);
    }
    return value instanceof Tuple ? Tuple.of(all) : all;
  }

  /** {@code left / right}. */
  public static Object divide(Object left, Object right) {
    demand(left, right);
    if (!Types.isNumber(left) || !Types.isNumber(right)) {
      throw unsupported("/", left, right);
    }
    boolean reals = reals(left, right);
    if (isZero(right)) {
      throw Errors.zeroDivision(reals ? "float division by zero" : "division by zero");
    } else if (reals || (fitsDouble(left) && fitsDouble(right))) {
      return Numbers.real(left) / Numbers.real(right);
    }
    double quotient =
        new BigDecimal(Numbers.big(left))
            .divide(new BigDecimal(Numbers.big(right)), MathContext.DECIMAL128)
            .doubleValue();
    if (Double.isInfinite(quotient)) {
      throw Errors.overflow("integer division result too large for a float");
    }
    return quotient;
  }

  private static boolean fitsDouble(Object value) {
    return Numbers.big(value).bitLength() <= 53;
  }

  /** {@code left // right}. */
  public static Object floorDivide(Object left, Object right) {
    demand(left, right);
    if (!Types.isNumber(left) || !Types.isNumber(right)) {
      throw unsupported("//", left, right);
    } else if (reals(left, right)) {
      if (isZero(right)) {
        throw Errors.zeroDivision("float floor division by zero");
      }
      double one = Numbers.real(left);
      double other = Numbers.real(right);
      double rest = modulo(one, other);
      double quotient = (one - rest) / other;
      return quotient == 0 ? Math.copySign(0.0, one / other) : Math.rint(quotient);
    } else if (isZero(right)) {
      throw Errors.zeroDivision("integer division or modulo by zero");
    }
    BigInteger[] parts = Numbers.big(left).divideAndRemainder(Numbers.big(right));
    boolean below = parts[1].signum() != 0 && parts[1].signum() != Numbers.big(right).signum();
    return Numbers.integer(below ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  /** {@code left % right}: of numbers the remainder, of text its formatting. */
  public static Object modulo(Object left, Object right) {
    demandOne(left);
    if (Texts.isText(left)) {
      return Texts.like(left, PercentFormat.format(left, right));
    }
    demandOne(right);
    if (!Types.isNumber(left) || !Types.isNumber(right)) {
      throw unsupported("%", left, right);
    } else if (reals(left, right)) {
      if (isZero(right)) {
        throw Errors.zeroDivision("float modulo");
      }
      return modulo(Numbers.real(left), Numbers.real(right));
    } else if (isZero(right)) {
      throw Errors.zeroDivision("integer modulo by zero");
    }
    BigInteger divisor = Numbers.big(right);
    BigInteger rest = Numbers.big(left).remainder(divisor);
    boolean otherSide = rest.signum() != 0 && rest.signum() != divisor.signum();
    return Numbers.integer(otherSide ? rest.add(divisor) : rest);
  }

  private static double modulo(double left, double right) {
    double rest = left % right;
    if (rest == 0) {
      return Math.copySign(0.0, right);
    }
    return (rest < 0) == (right < 0) ? rest : rest + right;
  }

  /** {@code left ** right}. */
  public static Object power(Object left, Object right) {
    demand(left, right);
    if (!Types.isNumber(left) || !Types.isNumber(right)) {
      throw Errors.type(
          "unsupported operand type(s) for ** or pow(): '%s' and '%s'"
              .formatted(Types.of(left), Types.of(right)));
    }
    boolean whole = !reals(left, right) && Numbers.big(right).signum() >= 0;
    if (whole) {
      BigInteger base = Numbers.big(left);
      BigInteger exponent = Numbers.big(right);
      if (base.abs().bitLength() > 1) {
        checkBits(
            exponent.bitLength() > 31
                ? Long.MAX_VALUE
                : (long) base.abs().bitLength() * exponent.intValue());
        return Numbers.integer(base.pow(exponent.intValue()));
      }
      boolean even = !exponent.testBit(0);
      return base.signum() < 0
          ? (Object) (even ? 1L : -1L)
          : base.signum() == 0 && exponent.signum() > 0 ? (Object) 0L : (Object) 1L;
    } else if (isZero(left) && Numbers.real(right) < 0) {
      throw Errors.zeroDivision("0.0 cannot be raised to a negative power");
    }
    double result = Math.pow(Numbers.real(left), Numbers.real(right));
    if (Double.isInfinite(result)
        && !Double.isInfinite(Numbers.real(left))
        && !Double.isInfinite(Numbers.real(right))) {
      throw new PythonError("OverflowError", "(34, 'Numerical result out of range')");
    } else if (Double.isNaN(result) && Numbers.real(left) < 0) {
      return ComplexNumber.power(Numbers.real(left), Numbers.real(right));
    }
    return result;
  }

  /** {@code -value}. */
  public static Object negate(Object value) {
    demandOne(value);
    if (Numbers.isReal(value)) {
      return -Numbers.real(value);
    } else if (!Types.isNumber(value)) {
      throw Errors.type("bad operand type for unary -: '" + Types.of(value) + "'");
    }
    return Numbers.integer(Numbers.big(value).negate());
  }

  /** {@code +value}. */
  public static Object positive(Object value) {
    demandOne(value);
    if (!Types.isNumber(value)) {
      throw Errors.type("bad operand type for unary +: '" + Types.of(value) + "'");
    }
    return Numbers.plain(value);
  }

  /** Refuses to make something of so many characters or items. */
  public static void checkSize(long size) {
    if (size > LARGEST) {
      throw Errors.tooLarge();
    }
  }

  private static void checkBits(long bits) {
    if (bits > MOST_BITS) {
      throw Errors.tooLarge();
    }
  }

  private static boolean isZero(Object value) {
    return !Truth.of(value);
  }

  private static boolean reals(Object left, Object right) {
    return Numbers.isReal(left) || Numbers.isReal(right);
  }

  private static void demand(Object left, Object right) {
    demandOne(left);
    demandOne(right);
  }

  private static void demandOne(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    }
  }

  private static PythonError unsupported(String operator, Object left, Object right) {
    return Errors.type(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(operator, Types.of(left), Types.of(right)));
  }
}

package salt.common.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The order in which Python sorts values: numbers by size, text by code points, lists by items. */
public final class PythonOrder {
  /** Text by code points, as Python sorts it ({@link String#compareTo} sorts UTF-16 units). */
  public static final Comparator<String> TEXT = PythonOrder::compareText;

  private PythonOrder() {}

  /**
   * The items in order, or nothing when some of them have none between them, as text and numbers.
   */
  public static Optional<List<Object>> sorted(Collection<?> items) {
    List<Object> sorted = new ArrayList<>(items);
    try {
      sorted.sort((a, b) -> compare(a, b).orElseThrow(Unordered::new));
      return Optional.of(sorted);
    } catch (Unordered mixed) {
      return Optional.empty();
    }
  }

  /** Negative, zero or positive as {@code a} is before, beside or after {@code b}; or nothing. */
  public static OptionalInt compare(Object a, Object b) {
    if (a instanceof CharSequence left && b instanceof CharSequence right) {
      return OptionalInt.of(compareText(left.toString(), right.toString()));
    } else if (isNumber(a) && isNumber(b)) {
      return OptionalInt.of(compareNumbers(number(a), number(b)));
    } else if (a instanceof Bytes left && b instanceof Bytes right) {
      return OptionalInt.of(java.util.Arrays.compareUnsigned(left.toArray(), right.toArray()));
    } else if (a instanceof LocalDate left && b instanceof LocalDate right) {
      return OptionalInt.of(left.compareTo(right));
    } else if (a instanceof LocalDateTime left && b instanceof LocalDateTime right) {
      return OptionalInt.of(left.compareTo(right));
    } else if (a instanceof List<?> left
        && b instanceof List<?> right
        && left instanceof Tuple == right instanceof Tuple) {
      return compareLists(left, right);
    }
    return OptionalInt.empty();
  }

  private static OptionalInt compareLists(List<?> a, List<?> b) {
    Iterator<?> right = b.iterator();
    for (Object left : a) {
      if (!right.hasNext()) {
        return OptionalInt.of(1);
      }
      Object other = right.next();
      if (!equal(left, other)) {
        return compare(left, other);
      }
    }
    return OptionalInt.of(right.hasNext() ? -1 : 0);
  }

  /** Whether Python's {@code ==} holds: as {@code equals}, but True is 1 is 1.0. */
  public static boolean equal(Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return compareNumbers(number(a), number(b)) == 0;
    }
    return a == null ? b == null : a.equals(b);
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static Number number(Object value) {
    return value instanceof Boolean flag ? (Number) (flag ? 1L : 0L) : (Number) value;
  }

  private static int compareNumbers(Number a, Number b) {
    if ((isFloat(a) && isFloat(b)) || !isFinite(a) || !isFinite(b)) {
      return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }
    return exact(a).compareTo(exact(b));
  }

  private static boolean isFloat(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  private static boolean isFinite(Number number) {
    return !isFloat(number) || Double.isFinite(number.doubleValue());
  }

  private static BigDecimal exact(Number number) {
    if (isFloat(number)) {
      return new BigDecimal(number.doubleValue());
    }
    return number instanceof BigInteger big
        ? new BigDecimal(big)
        : BigDecimal.valueOf(number.longValue());
  }

  private static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        // The other half of a pair that begins before here is the same on both sides or decides.
        return Integer.compare(a.codePointAt(i), b.codePointAt(i));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Says that two values have no order between them. */
  private static final class Unordered extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}

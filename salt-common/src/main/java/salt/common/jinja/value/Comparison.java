package salt.common.jinja.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** Equality and order of values. */
public final class Comparison {
  private static final int DEEPEST = 200;

  private Comparison() {}

  /** Python's {@code ==}. */
  public static boolean equal(Object left, Object right) {
    return equal(left, right, 0);
  }

  private static boolean equal(Object left, Object right, int depth) {
    if (left instanceof Undefined || right instanceof Undefined) {
      demand(left, right);
      return left instanceof Undefined && right instanceof Undefined;
    } else if (left == right) {
      return !(left instanceof Double real && real.isNaN());
    } else if (left == null || right == null) {
      return false;
    } else if (depth > DEEPEST) {
      throw new PythonError("RecursionError", "maximum recursion depth exceeded in comparison");
    } else if (Types.isNumber(left) && Types.isNumber(right)) {
      return !isNan(left) && !isNan(right) && compareNumbers(left, right) == 0;
    } else if (Texts.isText(left)) {
      return Texts.orNull(left).equals(Texts.orNull(right));
    } else if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return equalMaps(one, other, depth);
    } else if (left instanceof List<?> one && right instanceof List<?> other) {
      return left instanceof Tuple == right instanceof Tuple && equalLists(one, other, depth);
    } else if (left instanceof Set<?> one && right instanceof Set<?> other) {
      return one.size() == other.size() && one.stream().allMatch(item -> Maps.holds(other, item));
    }
    return left.equals(right);
  }

  private static void demand(Object left, Object right) {
    if (left instanceof Undefined undefined) {
      undefined.demandLenient();
    }
    if (right instanceof Undefined undefined) {
      undefined.demandLenient();
    }
  }

  private static boolean isNan(Object value) {
    return value instanceof Double real && real.isNaN();
  }

  private static boolean equalMaps(Map<?, ?> one, Map<?, ?> other, int depth) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      Object there = Maps.get(other, entry.getKey());
      if (there == PythonObject.ABSENT || !equal(entry.getValue(), there, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalLists(List<?> one, List<?> other, int depth) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> there = other.iterator();
    for (Object item : one) {
      if (!equal(item, there.next(), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether {@code left} stands before {@code right}, or whatever else the operator asks.
   *
   * @param operator one of {@code < <= > >=}
   */
  public static boolean ordered(String operator, Object left, Object right) {
    if (left instanceof Undefined undefined) {
      throw undefined.error();
    } else if (right instanceof Undefined undefined) {
      throw undefined.error();
    } else if (isNan(left) || isNan(right)) {
      return false;
    } else if (left instanceof Set<?> one && right instanceof Set<?> other) {
      return orderedSets(operator, one, other);
    }
    int order = compare(operator, left, right);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean orderedSets(String operator, Set<?> one, Set<?> other) {
    return switch (operator) {
      case "<" -> one.size() < other.size() && other.containsAll(one);
      case "<=" -> other.containsAll(one);
      case ">" -> one.size() > other.size() && one.containsAll(other);
      default -> one.containsAll(other);
    };
  }

  private static int compare(String operator, Object left, Object right) {
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return compareNumbers(left, right);
    } else if (Texts.isText(left) && Texts.isText(right)) {
      return compareTexts(Texts.orNull(left), Texts.orNull(right));
    } else if (left instanceof Bytes one && right instanceof Bytes other) {
      return Arrays.compareUnsigned(one.toArray(), other.toArray());
    } else if (left instanceof List<?> one
        && right instanceof List<?> other
        && left instanceof Tuple == right instanceof Tuple) {
      return compareLists(operator, one, other);
    }
    throw Errors.type(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(operator, Types.of(left), Types.of(right)));
  }

  private static int compareLists(String operator, List<?> one, List<?> other) {
    Iterator<?> there = other.iterator();
    for (Object item : one) {
      if (!there.hasNext()) {
        return 1;
      }
      Object against = there.next();
      if (!equal(item, against)) {
        return compare(operator, item, against);
      }
    }
    return there.hasNext() ? -1 : 0;
  }

  private static int compareTexts(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean surrogate = Character.isSurrogate(a);
        // Characters beyond the first plane come last in Python, before U+E000 in Java.
        return surrogate == Character.isSurrogate(b) ? Character.compare(a, b) : surrogate ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  private static int compareNumbers(Object left, Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return Long.compare(one, other);
    } else if (!Numbers.isReal(left) && !Numbers.isReal(right)) {
      return Numbers.big(left).compareTo(Numbers.big(right));
    } else if (large(left) || large(right)) {
      return compareExactly(left, right);
    }
    double one = Numbers.real(left);
    double other = Numbers.real(right);
    return one < other ? -1 : one > other ? 1 : 0;
  }

  private static boolean large(Object value) {
    return !Numbers.isReal(value) && Numbers.big(value).bitLength() > 53;
  }

  private static int compareExactly(Object left, Object right) {
    if (left instanceof Double real && Double.isInfinite(real)) {
      return real > 0 ? 1 : -1;
    } else if (right instanceof Double real && Double.isInfinite(real)) {
      return real > 0 ? -1 : 1;
    }
    return exact(left).compareTo(exact(right));
  }

  private static BigDecimal exact(Object value) {
    return Numbers.isReal(value)
        ? new BigDecimal(Numbers.real(value))
        : new BigDecimal(Numbers.big(value));
  }

  /** Order by Python's {@code <}, for sorting: it asks whether the later stands before. */
  public static Comparator<Object> order() {
    return (one, other) -> {
      if (ordered("<", one, other)) {
        return -1;
      }
      return ordered("<", other, one) ? 1 : 0;
    };
  }
}

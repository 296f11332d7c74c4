package salt.common.loader;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;

/**
 * Arguments in the order of a function's parameters, converted to the types its Java method takes.
 *
 * <p>As lenient as Python where no meaning is lost: any value is a truth value, a number is text, a
 * text that spells a number is one, a truth value is 0 or 1. What does not fit is a {@link
 * CallException} of kind {@code INVALID_ARGUMENTS} that names the parameter.
 */
public final class BoundArguments {
  private final Function function;
  private final Object[] values;
  private final Call call;

  BoundArguments(Function function, Object[] values, Call call) {
    this.function = function;
    this.values = values;
    this.call = call;
  }

  /** The call that these are the arguments of. */
  public Call call() {
    return call;
  }

  /** The argument as it is. */
  public Object any(int index) {
    return values[index];
  }

  /** The argument as text; null stays null. */
  public String text(int index) {
    Object value = values[index];
    if (value == null || value instanceof String) {
      return (String) value;
    } else if (value instanceof Boolean || value instanceof Number) {
      return PythonText.str(value);
    } else if (value instanceof Bytes bytes && bytes.text().isPresent()) {
      return bytes.text().get();
    }
    throw wrong(index, "text");
  }

  /** The argument by Python's rules of truth: null, zero and what is empty are false. */
  public boolean flag(int index) {
    return PythonText.truth(values[index]);
  }

  /** As {@link #flag}, but null stays null. */
  public Boolean optionalFlag(int index) {
    return values[index] == null ? null : Boolean.valueOf(PythonText.truth(values[index]));
  }

  /** The argument as an integer of 32 bits. */
  public int integer(int index) {
    long number = number(index);
    if (number != (int) number) {
      throw wrong(index, "an integer of at most 32 bits");
    }
    return (int) number;
  }

  /** As {@link #integer}, but null stays null. */
  public Integer optionalInteger(int index) {
    return values[index] == null ? null : Integer.valueOf(integer(index));
  }

  /** The argument as an integer of 64 bits. */
  public long number(int index) {
    Object value = values[index];
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (value instanceof Double || value instanceof Float) {
      double decimal = ((Number) value).doubleValue();
      if (decimal == Math.rint(decimal) && Math.abs(decimal) < 1e18) {
        return (long) decimal;
      }
    } else if (value instanceof Number number && fits(number)) {
      return number.longValue();
    } else if (value instanceof String text) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException notNumber) {
        throw wrong(index, "an integer");
      }
    }
    throw wrong(index, "an integer");
  }

  private static boolean fits(Number number) {
    return !(number instanceof BigInteger big) || big.bitLength() < Long.SIZE;
  }

  /** As {@link #number}, but null stays null. */
  public Long optionalNumber(int index) {
    return values[index] == null ? null : Long.valueOf(number(index));
  }

  /** The argument as a number that may have a fraction. */
  public double decimal(int index) {
    Object value = values[index];
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (value instanceof Number number) {
      return number.doubleValue();
    } else if (value instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException notNumber) {
        throw wrong(index, "a number");
      }
    }
    throw wrong(index, "a number");
  }

  /** As {@link #decimal}, but null stays null. */
  public Double optionalDecimal(int index) {
    return values[index] == null ? null : Double.valueOf(decimal(index));
  }

  /** The argument as a list; null stays null. */
  @SuppressWarnings("unchecked") // A list of values holds only objects, whatever its declared type.
  public List<Object> list(int index) {
    Object value = values[index];
    if (value == null || value instanceof List) {
      return (List<Object>) value;
    }
    throw wrong(index, "a list");
  }

  /** The argument as a map; null stays null. */
  @SuppressWarnings("unchecked") // A map of values holds only objects, whatever its declared type.
  public Map<Object, Object> map(int index) {
    Object value = values[index];
    if (value == null || value instanceof Map) {
      return (Map<Object, Object>) value;
    }
    throw wrong(index, "a dictionary");
  }

  /** The further keyword arguments, or a map whose keys must all be text; null stays null. */
  public Map<String, Object> keywords(int index) {
    Map<?, ?> map = map(index);
    if (map != null && !map.keySet().stream().allMatch(String.class::isInstance)) {
      throw wrong(index, "a dictionary whose keys are text");
    }
    return texts(map);
  }

  @SuppressWarnings("unchecked") // All keys were checked to be text.
  private static Map<String, Object> texts(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private CallException wrong(int index, String expected) {
    Object value = values[index];
    String shown = value instanceof String text ? "'" + text + "'" : PythonType.of(value);
    String name = function.parameters().get(index).name();
    return new CallException(
        CallException.Kind.INVALID_ARGUMENTS,
        function.shortName() + "() argument '" + name + "' must be " + expected + ", not " + shown);
  }
}

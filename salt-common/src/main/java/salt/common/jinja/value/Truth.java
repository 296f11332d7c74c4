package salt.common.jinja.value;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import salt.common.payload.Bytes;

/** What Python takes for true. */
public final class Truth {
  private Truth() {}

  /**
   * Whether Python takes the value for true: not None, false, zero, or empty.
   *
   * @throws salt.common.loader.PythonError for a strictly undefined value
   */
  public static boolean of(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    } else if (value instanceof String text) {
      return !text.isEmpty();
    } else if (value == null) {
      return false;
    } else if (value instanceof BigInteger big) {
      return big.signum() != 0;
    } else if (value instanceof Number number) {
      return number.doubleValue() != 0;
    } else if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    } else if (value instanceof Bytes bytes) {
      return bytes.length() > 0;
    }
    return !(value instanceof PythonObject object) || object.truth();
  }
}

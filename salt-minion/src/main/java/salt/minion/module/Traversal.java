package salt.minion.module;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import salt.common.loader.PythonError;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/**
 * Follows a path such as {@code dc:racks:0} into maps and lists.
 *
 * <p>A step into a map is its key, or what YAML makes of the step when there is no such text. A
 * step into a list is a key of the first map in it that has it, or the number of a place, from the
 * end when negative. Keys that are numbers are equal as in Python, where true is 1.
 */
final class Traversal {
  /** What is found where there is nothing. */
  static final Object ABSENT = new Object();

  private Traversal() {}

  /** The value at a path, or another when there is none. */
  static Object find(Object data, String path, String delimiter, Object fallback) {
    Object found = find(data, path, delimiter);
    return found == ABSENT ? fallback : found;
  }

  /**
   * The value at a path, or {@link #ABSENT}.
   *
   * @throws PythonError a {@code ValueError} when the delimiter is empty
   */
  static Object find(Object data, String path, String delimiter) {
    if (delimiter.isEmpty()) {
      throw new PythonError("ValueError", "empty separator");
    }
    Object here = data;
    for (String step : path.split(Pattern.quote(delimiter), -1)) {
      if (here instanceof Map<?, ?> map) {
        here = map.containsKey(step) ? map.get(step) : entry(map, ofYaml(step));
      } else if (here instanceof List<?> list) {
        here = below(list, step);
      } else {
        return ABSENT;
      }
    }
    return here;
  }

  /** The key that YAML would read. */
  private static Object ofYaml(String step) {
    try {
      return Yaml.load(step);
    } catch (YamlProblem noValue) {
      return step;
    }
  }

  private static Object below(List<?> list, String step) {
    if (!PythonInteger.isWritten(step)) {
      return inMaps(list, step);
    }
    BigInteger place = PythonInteger.of(step);
    Object found = inMaps(list, place);
    BigInteger size = BigInteger.valueOf(list.size());
    BigInteger forward = place.signum() < 0 ? place.add(size) : place;
    boolean inside = forward.signum() >= 0 && forward.compareTo(size) < 0;
    return found == ABSENT && inside ? list.get(forward.intValue()) : found;
  }

  private static Object inMaps(List<?> list, Object key) {
    for (Object item : list) {
      Object found = item instanceof Map<?, ?> map ? entry(map, key) : ABSENT;
      if (found != ABSENT) {
        return found;
      }
    }
    return ABSENT;
  }

  private static Object entry(Map<?, ?> map, Object key) {
    if (map.containsKey(key)) {
      return map.get(key);
    }
    BigDecimal number = number(key);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      BigDecimal other = number(entry.getKey());
      if (number != null && other != null && number.compareTo(other) == 0) {
        return entry.getValue();
      }
    }
    return ABSENT;
  }

  /** The number that a key is equal to, or null when it is none. */
  private static BigDecimal number(Object key) {
    if (key instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (key instanceof Double real) {
      return Double.isFinite(real) ? new BigDecimal(real) : null;
    }
    return key instanceof Number whole ? new BigDecimal(whole.toString()) : null;
  }
}

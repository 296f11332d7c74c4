package salt.common.target;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.common.job.ArgumentText;

/** The way to a value in nested data: keys of maps, indexes of lists, keys of maps in lists. */
final class FactPath {
  /** What {@link #find} gives when there is nothing. */
  static final Object NOTHING = new Object();

  private final List<Part> parts;

  FactPath(List<String> keys) {
    this(new ArrayList<>(), keys);
  }

  private FactPath(List<Part> parts, List<String> keys) {
    keys.forEach(key -> parts.add(new Part(key, ArgumentText.value(key), index(key))));
    this.parts = List.copyOf(parts);
  }

  /** The way along the first {@code count} keys of this one. */
  FactPath first(int count) {
    return new FactPath(parts.subList(0, count), List.of());
  }

  /**
   * One key.
   *
   * @param text as written
   * @param loaded read as YAML, for keys that are no texts
   * @param index read as a number, as Python's {@code int} does; null when it is none
   */
  private record Part(String text, Object loaded, Long index) {}

  private static Long index(String key) {
    String digits = key.strip().replaceAll("(?<=[0-9])_(?=[0-9])", "");
    if (!digits.matches("[+-]?[0-9]+")) {
      return null;
    }
    BigInteger number = new BigInteger(digits);
    return number.bitLength() < 63 ? number.longValue() : Long.MAX_VALUE;
  }

  /** The value at the end of the path, or {@link #NOTHING}. */
  Object find(Object data) {
    Object found = data;
    for (Part part : parts) {
      if (found instanceof List<?> list) {
        found = within(list, part);
      } else if (found instanceof Map<?, ?> map) {
        found = of(map, part);
      } else {
        return NOTHING;
      }
    }
    return found;
  }

  private static Object of(Map<?, ?> map, Part part) {
    if (map.containsKey(part.text)) {
      return map.get(part.text);
    }
    return map.containsKey(part.loaded) ? map.get(part.loaded) : NOTHING;
  }

  private static Object within(List<?> list, Part part) {
    Object key = part.index == null ? part.text : part.index;
    for (Object item : list) {
      if (item instanceof Map<?, ?> map && map.containsKey(key)) {
        return map.get(key);
      }
    }
    if (part.index == null) {
      return NOTHING;
    }
    long index = part.index < 0 ? part.index + list.size() : part.index;
    return index >= 0 && index < list.size() ? list.get((int) index) : NOTHING;
  }
}

package salt.minion.module;

import java.util.List;
import java.util.Map;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** Looks values up by a path such as {@code dc:racks:0:name}. */
final class Traversal {
  /** Stands for what is not there, where null is a value. */
  static final Object ABSENT = new Object();

  private Traversal() {}

  /**
   * The value at a path.
   *
   * <p>A step into a list is an index, from the end when negative, or a key that one of the list's
   * maps has. A step into a map is a key as text or as YAML reads it, so that numbers are found.
   *
   * @return {@link #ABSENT} when nothing is there
   */
  static Object find(Object root, String path, String delimiter) {
    Object value = root;
    for (String step : path.split(java.util.regex.Pattern.quote(delimiter), -1)) {
      if (value instanceof List<?> list) {
        value = inList(list, step);
      } else if (value instanceof Map<?, ?> map) {
        value = inMap(map, step);
      } else {
        return ABSENT;
      }
      if (value == ABSENT) {
        return ABSENT;
      }
    }
    return value;
  }

  /** The value at a path, or {@code fallback} when nothing is there. */
  static Object find(Object root, String path, String delimiter, Object fallback) {
    Object found = find(root, path, delimiter);
    return found == ABSENT ? fallback : found;
  }

  private static Object inList(List<?> list, String step) {
    Long index = index(step);
    Object key = index == null ? step : index;
    for (Object item : list) {
      if (item instanceof Map<?, ?> map && map.containsKey(key)) {
        return map.get(key);
      }
    }
    if (index == null) {
      return ABSENT;
    }
    long position = index < 0 ? list.size() + index : index;
    return position >= 0 && position < list.size() ? list.get((int) position) : ABSENT;
  }

  private static Long index(String step) {
    try {
      return Long.valueOf(step.strip());
    } catch (NumberFormatException notNumber) {
      return null;
    }
  }

  private static Object inMap(Map<?, ?> map, String step) {
    if (map.containsKey(step)) {
      return map.get(step);
    }
    try {
      Object key = Yaml.load(step);
      return map.containsKey(key) ? map.get(key) : ABSENT;
    } catch (YamlProblem notYaml) {
      return ABSENT;
    }
  }
}

package salt.minion.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.PythonError;

/** Lays one map over another. Neither is changed. */
final class Merging {
  private Merging() {}

  /**
   * Both maps, with maps that both have under a key merged in turn.
   *
   * @param mergeLists whether lists that both have are joined, without repeating items; otherwise
   *     the upper one replaces the lower one
   * @throws PythonError a TypeError, when one of them is not a map
   */
  static Map<Object, Object> recurse(Object lower, Object upper, boolean mergeLists) {
    if (!(lower instanceof Map<?, ?> below) || !(upper instanceof Map<?, ?> above)) {
      throw new PythonError(
          "TypeError", "Cannot update using non-dict types in dictupdate.update()");
    }
    Map<Object, Object> merged = new LinkedHashMap<>(below);
    above.forEach((key, value) -> merged.put(key, merge(merged.get(key), value, mergeLists)));
    return merged;
  }

  private static Object merge(Object below, Object above, boolean mergeLists) {
    if (below instanceof Map && above instanceof Map) {
      return recurse(below, above, mergeLists);
    } else if (mergeLists && below instanceof List<?> first && above instanceof List<?> second) {
      List<Object> joined = new ArrayList<>(first);
      second.stream().filter(item -> !first.contains(item)).forEach(joined::add);
      return joined;
    }
    return above;
  }

  /** Both maps; under a key that both have, the upper value replaces the lower one. */
  static Map<Object, Object> overwrite(Map<?, ?> lower, Map<?, ?> upper) {
    Map<Object, Object> merged = new LinkedHashMap<>(lower);
    merged.putAll(upper);
    return merged;
  }
}

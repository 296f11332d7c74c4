package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.loader.PythonError;

/** Lays maps over each other. Neither is changed; the lower one's keys come first. */
final class Merging {
  private Merging() {}

  /** The lower map with the upper one's entries, which win whole. */
  static Map<Object, Object> overwrite(Map<?, ?> lower, Map<?, ?> upper) {
    Map<Object, Object> merged = new LinkedHashMap<>(lower);
    merged.putAll(upper);
    return merged;
  }

  /** The lower map with the upper one's entries, where maps that both have are merged in turn. */
  static Map<Object, Object> deep(Map<?, ?> lower, Map<?, ?> upper) {
    Map<Object, Object> merged = new LinkedHashMap<>(lower);
    upper.forEach(
        (key, value) ->
            merged.put(
                key,
                value instanceof Map<?, ?> above && lower.get(key) instanceof Map<?, ?> below
                    ? deep(below, above)
                    : value));
    return merged;
  }

  /**
   * As {@link #deep(Map, Map)}, for values that ought to be maps.
   *
   * @throws PythonError a {@code TypeError} when one is not
   */
  static Map<Object, Object> deepOrFail(Object lower, Object upper) {
    if (lower instanceof Map<?, ?> below && upper instanceof Map<?, ?> above) {
      return deep(below, above);
    }
    throw new PythonError("TypeError", "Cannot update using non-dict types in dictupdate.update()");
  }
}

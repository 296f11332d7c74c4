package salt.minion.module;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.pattern.Glob;
import salt.common.payload.PythonText;

/**
 * How an entry of a table is chosen by a grain and what is laid over and under it.
 *
 * @param merge what is laid over the entry: a map, or something that is not true
 * @param fallback the key of the entry that counts when none fits
 * @param base the key of the entry that is laid under; null for none
 */
record FilterBy(Object merge, Object fallback, Object base) {
  private static final String SALT = "salt.exceptions.SaltException";

  /**
   * The entry for a grain's value, null when there is none.
   *
   * @param table entries by pattern
   * @param value the grain; of a list, each item in turn until one has an entry that is not null
   * @throws PythonError when something that has to be a map is none
   */
  Object choose(Object table, Object value) {
    Map<?, ?> entries = checked(table);
    boolean over = PythonText.truth(merge);
    if (over && !(merge instanceof Map)) {
      throw new PythonError(SALT, "filter_by merge argument must be a dictionary.");
    }
    Object chosen = onBase(entries, fitting(entries, value));
    if (!over) {
      return chosen;
    }
    return chosen == null ? merge : Merging.deepOrFail(chosen, merge);
  }

  private static Map<?, ?> checked(Object table) {
    if (table instanceof Map<?, ?> entries) {
      return entries;
    }
    String type = PythonType.of(table);
    // Text and lists can be gone through, and fail at the look-up that follows.
    throw table instanceof String || table instanceof List
        ? new PythonError("AttributeError", "'" + type + "' object has no attribute 'get'")
        : new PythonError("TypeError", "'" + type + "' object is not iterable");
  }

  private Object fitting(Map<?, ?> entries, Object value) {
    List<?> wanted = value instanceof List<?> several ? several : List.of(PythonText.str(value));
    return wanted.stream()
        .map(PythonText::str)
        .flatMap(one -> fitting(entries, one).stream())
        .findFirst()
        .orElseGet(() -> entries.get(fallback));
  }

  /** The first entry whose pattern fits, unless it is null. */
  private static Optional<Object> fitting(Map<?, ?> entries, String value) {
    return entries.entrySet().stream()
        .filter(entry -> Glob.of(PythonText.str(entry.getKey())).matches(value))
        .findFirst()
        .map(Map.Entry::getValue);
  }

  private Object onBase(Map<?, ?> entries, Object chosen) {
    Object under = base == null ? null : entries.get(base);
    if (chosen == null) {
      return under;
    } else if (!(under instanceof Map<?, ?> below)) {
      return chosen;
    } else if (chosen instanceof Map<?, ?> above) {
      return Merging.deep(below, above);
    }
    throw new PythonError(SALT, "filter_by default and look-up values must both be dictionaries.");
  }
}

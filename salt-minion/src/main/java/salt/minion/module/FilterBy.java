package salt.minion.module;

import java.util.List;
import java.util.Map;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.pattern.Glob;
import salt.common.payload.PythonText;

/**
 * Chooses an entry of a table by the values that a lookup gave, as {@code grains.filter_by} does.
 *
 * @param merge laid over what was chosen; null for nothing
 * @param fallback the key of the entry for when none matches
 * @param base the key of an entry that lies below the chosen one; null for none
 */
record FilterBy(Object merge, Object fallback, Object base) {
  /**
   * The entry.
   *
   * @param table a map from patterns to entries
   * @param found the value to match; of a list, each item in turn
   */
  Object choose(Object table, Object found) {
    if (!(table instanceof Map<?, ?> entries)) {
      throw new PythonError(
          "AttributeError", "'" + PythonType.of(table) + "' object has no attribute 'get'");
    }
    Object chosen = matching(entries, found instanceof List<?> list ? list : single(found));
    return merged(based(entries, chosen == null ? entries.get(fallback) : chosen));
  }

  private static List<?> single(Object found) {
    return found == null ? List.of("None") : List.of(found);
  }

  private static Object matching(Map<?, ?> entries, List<?> values) {
    for (Object value : values) {
      String text = PythonText.str(value);
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        if (Glob.of(PythonText.str(entry.getKey())).matches(text)) {
          if (entry.getValue() != null) {
            return entry.getValue();
          }
          break;
        }
      }
    }
    return null;
  }

  private Object based(Map<?, ?> entries, Object chosen) {
    if (!PythonText.truth(base) || !entries.containsKey(base)) {
      return chosen;
    }
    Object below = entries.get(base);
    if (chosen == null) {
      return below;
    } else if (!(below instanceof Map)) {
      return chosen;
    } else if (!(chosen instanceof Map)) {
      throw new PythonError(
          "salt.exceptions.SaltException",
          "filter_by default and look-up values must both be dictionaries.");
    }
    return Merging.recurse(below, chosen, false);
  }

  private Object merged(Object chosen) {
    if (!PythonText.truth(merge)) {
      return chosen;
    } else if (!(merge instanceof Map)) {
      throw new PythonError(
          "salt.exceptions.SaltException", "filter_by merge argument must be a dictionary.");
    }
    return chosen == null ? merge : Merging.recurse(chosen, merge, false);
  }
}

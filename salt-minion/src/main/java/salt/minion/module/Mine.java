package salt.minion.module;

import java.util.Map;

/** Where a minion puts results for others: the master, or for a minion without one a file. */
interface Mine {
  /** Adds results; {@code clear} removes what was there before. */
  boolean store(Map<String, Object> results, boolean clear);

  /** The results of a function, a list of them or several divided by commas. */
  Object get(Object target, Object function, String targetType, boolean excludeMinion);

  /** Removes the result of a function. */
  boolean delete(String function);

  /** Removes all results. */
  boolean flush();
}

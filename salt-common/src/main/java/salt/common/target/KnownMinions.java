package salt.common.target;

import java.util.Collection;
import java.util.Set;

/** What a master knows of its minions when it checks a target. */
public interface KnownMinions {
  /** The ids with an accepted key, in the order in which they are to be listed. */
  Collection<String> accepted();

  /** The ids with cached data, accepted or not. */
  Set<String> cached();

  /** The cached grains and pillar of a minion; null when there are none. */
  Minion data(String id);
}

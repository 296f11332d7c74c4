package salt.minion.job;

import java.util.LinkedHashSet;
import java.util.Set;

/** The jids that were taken lately ({@code minion_jid_queue_hwm} of them): none runs twice. */
final class RecentJids {
  private final int most;
  private final Set<String> jids = new LinkedHashSet<>();

  RecentJids(int most) {
    this.most = most;
  }

  synchronized boolean isNew(String jid) {
    boolean added = jids.add(jid);
    if (jids.size() > most) {
      jids.remove(jids.iterator().next());
    }
    return added;
  }
}

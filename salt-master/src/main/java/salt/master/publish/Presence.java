package salt.master.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import salt.common.event.EventBus;
import salt.master.cache.ConnectedMinions;

/**
 * Tells which minions are connected, for the option {@code presence_events}: {@code
 * salt/presence/present} each time, {@code salt/presence/change} when others are than the last
 * time. Not thread-safe.
 */
public final class Presence implements Runnable {
  private final ConnectedMinions connected;
  private final EventBus events;
  private Set<String> before = Set.of();

  /** Tells the bus of those whom {@code connected} finds. */
  public Presence(ConnectedMinions connected, EventBus events) {
    this.connected = connected;
    this.events = events;
  }

  @Override
  public void run() {
    Set<String> now = connected.find().keySet();
    List<String> came = without(now, before);
    List<String> left = without(before, now);
    if (!came.isEmpty() || !left.isEmpty()) {
      Map<String, Object> change = new LinkedHashMap<>();
      change.put("new", came);
      change.put("lost", left);
      events.fire("salt/presence/change", change);
    }
    events.fire("salt/presence/present", Map.of("present", new ArrayList<>(now)));
    before = new TreeSet<>(now);
  }

  private static List<String> without(Set<String> ids, Set<String> others) {
    return ids.stream().filter(id -> !others.contains(id)).toList();
  }
}

package salt.minion;

import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.function.Supplier;

/** The grains of a minion, which all its sessions share. */
final class Facts {
  private final Supplier<Map<String, Object>> collector;
  private final Clock clock;
  private volatile Map<String, Object> grains;

  /** Collects the grains for the first time. */
  Facts(Supplier<Map<String, Object>> collector, Clock clock) {
    this.collector = collector;
    this.clock = clock;
    collect();
  }

  /** The grains as last collected; unmodifiable. */
  Map<String, Object> grains() {
    return grains;
  }

  /** Collects the grains anew; whether they have changed. */
  boolean collect() {
    Map<String, Object> before = grains;
    Map<String, Object> collected = Collections.unmodifiableMap(collector.get());
    grains = collected;
    return !collected.equals(before);
  }

  /** The minion's clock. */
  Clock clock() {
    return clock;
  }
}

package salt.master.runner;

import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.EventBusException;
import salt.common.event.EventBusOptions;
import salt.common.event.EventClient;
import salt.common.event.EventFraming;
import salt.common.event.EventSockets;

/**
 * The bus of a master on this machine, ours or real Salt's. What is fired while none runs is lost,
 * as in Salt. Thread-safe.
 */
public final class MasterEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MasterEvents.class);

  private final Options options;
  private final Clock clock;
  private EventClient firing;

  /** The bus that {@code options} describe; {@code clock} dates the events. */
  public MasterEvents(Options options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Fires an event; false when it is lost. */
  public synchronized boolean fire(String tag, Map<?, ?> data) {
    try {
      if (firing == null) {
        firing = client();
      }
      firing.fire(tag, data);
      return true;
    } catch (EventBusException e) {
      log.debug("event {} is lost: {}", tag, e.getMessage());
      return false;
    }
  }

  /** The bus of another master, in that {@code sock_dir}. */
  MasterEvents elsewhere(String directory) {
    return new MasterEvents(options.with("sock_dir", directory), clock);
  }

  /** A new listener, which the caller closes. */
  EventClient client() {
    return new EventClient(
        EventSockets.master(options),
        new EventBusOptions(
            Math.max(1024, options.integer("max_event_size")),
            EventBusOptions.DEFAULT.queueBytes(),
            EventBusOptions.DEFAULT.queueEvents(),
            false,
            EventFraming.named(options.text("event_bus_framing", "length"))),
        clock);
  }

  @Override
  public synchronized void close() {
    if (firing != null) {
      firing.close();
    }
  }
}

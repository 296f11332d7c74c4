package salt.cli.client;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.Event;
import salt.common.event.EventBusException;
import salt.common.event.EventBusOptions;
import salt.common.event.EventClient;
import salt.common.event.EventSockets;

/**
 * The events of jobs, from the master's bus as long as it can be heard. When it cannot, this gives
 * no events and {@link #isHeard} says so; it listens again as soon as the bus is back.
 */
final class JobEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final EventSockets sockets;
  private final LongSupplier nanoTime;
  private String[] wanted = {"salt/job/", Event.MISSED};
  private EventClient client;
  private long retryAt;

  /** The bus of the master that these options describe; nothing is connected yet. */
  JobEvents(Options options, LongSupplier nanoTime) {
    this.sockets = EventSockets.master(options);
    this.nanoTime = nanoTime;
  }

  /** Listens from now on; why not, if it cannot. */
  Optional<EventBusException> listen() {
    EventClient fresh = new EventClient(sockets, EventBusOptions.DEFAULT, Clock.systemUTC());
    try {
      fresh.listen(wanted);
      client = fresh;
      LOG.debug("listening to the event bus at {}", sockets);
      return Optional.empty();
    } catch (EventBusException e) {
      fresh.close();
      retryAt = nanoTime.getAsLong() + RETRY.toNanos();
      LOG.debug("the event bus is not heard: {}", e.getMessage());
      return Optional.of(e);
    }
  }

  /** Whether events are heard now. */
  boolean isHeard() {
    return client != null;
  }

  /** Gives only the events of these jobs from now on; what came before was kept. */
  void want(Collection<String> jids) {
    List<String> tags = new ArrayList<>();
    for (String jid : jids) {
      tags.add("salt/job/" + jid + "/");
    }
    tags.add(Event.MISSED);
    wanted = tags.toArray(new String[0]);
    if (client != null) {
      client.listen(wanted);
    }
  }

  /**
   * Waits for the next event.
   *
   * @return nothing when none comes in time, or when the bus was lost or came back
   */
  Optional<Event> next(Duration timeout) throws InterruptedException {
    if (client == null) {
      long left = Math.max(0, retryAt - nanoTime.getAsLong());
      Thread.sleep(Math.min(timeout.toMillis(), left / 1_000_000 + 1));
      if (left == 0) {
        listen();
      }
      return Optional.empty();
    }
    try {
      return client.next(timeout);
    } catch (EventBusException e) {
      LOG.debug("the event bus is lost: {}", e.getMessage());
      close();
      retryAt = nanoTime.getAsLong() + RETRY.toNanos();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}

package salt.common.event;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon's event bus. Nobody who fires ever waits for those who listen.
 *
 * <p>It works within the process at once, and over sockets after {@link #open}; the tools of real
 * Salt can listen and fire there. All listeners see all events in the same order. Subscribers in
 * this process see events as they were fired; for sockets large values are trimmed.
 */
public final class EventBus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

  private final EventBusOptions options;
  private final EventCodec codec;
  private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Object order = new Object();
  private volatile Optional<EventServer> server = Optional.empty();
  private volatile boolean closed;

  /**
   * A bus without sockets.
   *
   * @param clock gives the time of events
   */
  public EventBus(EventBusOptions options, Clock clock) {
    this.options = options;
    codec = new EventCodec(options.maxEventSize(), clock);
  }

  /**
   * Opens the bus to other programs. Socket files left by a daemon that died are replaced.
   *
   * @throws EventBusException when another daemon listens there, or the sockets cannot be made
   */
  public void open(EventSockets sockets) {
    if (server.isPresent()) {
      throw new IllegalStateException("the event bus is open already");
    }
    server = Optional.of(new EventServer(sockets, options, this::missed, this::publish));
  }

  /**
   * Fires an event: adds {@code _stamp} and hands it to all who listen. Returns at once. On a bus
   * that has been closed nothing happens.
   *
   * @param tag not empty
   * @param data names and values as of {@link salt.common.payload}; not changed
   * @throws salt.common.payload.MalformedPayload when {@code data} holds something that can't be
   *     written
   */
  public void fire(String tag, Map<?, ?> data) {
    Event event = codec.stamped(tag, data);
    if (closed) {
      LOG.debug("event {} comes after the end of the bus", tag);
      return;
    }
    // Packing is left out while nobody would read it.
    publish(event, server.filter(EventServer::isHeard).map(heard -> codec.body(event)));
  }

  private void publish(Event event, Optional<byte[]> body) {
    synchronized (order) {
      subscriptions.forEach(subscription -> subscription.offer(event));
      body.ifPresent(bytes -> server.ifPresent(open -> open.broadcast(bytes)));
    }
  }

  /** Events of other programs are passed on byte for byte. */
  private void publish(Event event, byte[] body) {
    publish(event, server.filter(EventServer::isHeard).map(heard -> body));
  }

  private Event missedEvent(long count) {
    return codec.stamped(Event.MISSED, Map.of("missed", count));
  }

  private byte[] missed(long count) {
    return codec.body(missedEvent(count));
  }

  /**
   * Listens within this process.
   *
   * @param prefixes what tags must begin with, any of them; none takes all events
   */
  public EventSubscription subscribe(String... prefixes) {
    List<String> wanted = List.of(prefixes);
    EventQueue<Event> queue =
        new EventQueue<>(
            "the subscriber to " + (wanted.isEmpty() ? "all events" : wanted),
            options.queueEvents(),
            event -> 1,
            this::missedEvent);
    EventSubscription subscription = new EventSubscription(wanted, queue, subscriptions::remove);
    subscriptions.add(subscription);
    if (closed) {
      subscription.close();
    }
    return subscription;
  }

  /** Ends all subscriptions and closes the sockets. */
  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(EventSubscription::end);
    subscriptions.clear();
    server.ifPresent(EventServer::close);
  }
}

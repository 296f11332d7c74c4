package salt.common.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Listens to a bus within its own process. Close it when done. */
public final class EventSubscription implements AutoCloseable {
  private final List<String> prefixes;
  private final EventQueue<Event> queue;
  private final Consumer<EventSubscription> onClose;

  EventSubscription(
      List<String> prefixes, EventQueue<Event> queue, Consumer<EventSubscription> onClose) {
    this.prefixes = prefixes;
    this.queue = queue;
    this.onClose = onClose;
  }

  void offer(Event event) {
    if (prefixes.isEmpty() || prefixes.stream().anyMatch(event.tag()::startsWith)) {
      queue.offer(event);
    }
  }

  /**
   * Waits for the next event. One with the tag {@link Event#MISSED} stands for events that were
   * dropped because they were not taken in time.
   *
   * @return nothing when none comes in time, or at once when the bus has been closed
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Optional<Event> next(Duration timeout) throws InterruptedException {
    return queue.poll(timeout);
  }

  /** Whether more can come: false when the bus or this has been closed. */
  public boolean isOpen() {
    return !queue.isClosed();
  }

  void end() {
    queue.close();
  }

  /** Stops listening; what waits can still be taken. */
  @Override
  public void close() {
    end();
    onClose.accept(this);
  }
}

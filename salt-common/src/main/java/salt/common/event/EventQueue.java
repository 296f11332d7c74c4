package salt.common.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one listener. When it is full, what comes is dropped until half of it has been
 * taken; a notice that says how many were dropped stands in their place.
 *
 * @param <T> the form of events that waits here
 */
final class EventQueue<T> {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final String listener;
  private final int limit;
  private final ToIntFunction<T> measure;
  private final LongFunction<T> notice;
  private final Queue<T> waiting = new ArrayDeque<>();
  private long size;
  private long missed;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param listener its name in the log
   * @param limit how much may wait, as {@code measure} counts it; a single event always may
   * @param notice makes the notice about a number of dropped events
   */
  EventQueue(String listener, int limit, ToIntFunction<T> measure, LongFunction<T> notice) {
    this.listener = listener;
    this.limit = limit;
    this.measure = measure;
    this.notice = notice;
  }

  /** Adds an event or drops it; never waits. */
  synchronized void offer(T event) {
    if (closed) {
      return;
    }
    int length = measure.applyAsInt(event);
    if (missed > 0 ? size > limit / 2 : !waiting.isEmpty() && size + length > limit) {
      if (missed++ == 0) {
        LOG.warn("{} does not read; it misses events from now on", listener);
      }
      return;
    }
    if (missed > 0) {
      add(takeNotice());
    }
    add(event);
  }

  private void add(T event) {
    waiting.add(event);
    size += measure.applyAsInt(event);
    notifyAll();
  }

  private T takeNotice() {
    LOG.warn("{} reads again; it has missed {} events", listener, missed);
    T made = notice.apply(missed);
    missed = 0;
    return made;
  }

  /** The next event or notice, if there is one now. */
  synchronized Optional<T> poll() {
    T event = waiting.poll();
    if (event == null) {
      return missed > 0 ? Optional.of(takeNotice()) : Optional.empty();
    }
    size -= measure.applyAsInt(event);
    return Optional.of(event);
  }

  /** Waits for the next event or notice; nothing when none comes in time or the queue is closed. */
  synchronized Optional<T> poll(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Optional<T> event = poll();
    long left = timeout.toNanos();
    while (event.isEmpty() && !closed && left > 0) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      event = poll();
      left = deadline - System.nanoTime();
    }
    return event;
  }

  /** Takes no more events and lets nobody wait; what is here can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }
}

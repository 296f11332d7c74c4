package salt.minion.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.transport.TransportException;

/**
 * Delivers returns to the master: at once by the job's own thread, and, where that fails, again and
 * again by the thread {@code return-sender} until the master acknowledges or the spool drops them.
 */
public final class ReturnSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReturnSender.class);

  private final ReturnSpool spool;
  private final Delivery delivery;
  private final Duration pause;
  private final BlockingQueue<Boolean> wakeUp = new ArrayBlockingQueue<>(1);
  private final Set<Path> beingSent = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean closed;

  /** Sends one return and returns when the master has it. */
  @FunctionalInterface
  public interface Delivery {
    /** Throws {@link TransportException} when the master did not acknowledge. */
    void deliver(Map<String, Object> load);
  }

  /**
   * Starts delivering what the spool holds from before.
   *
   * @param pause between attempts at what could not be delivered
   */
  public ReturnSender(ReturnSpool spool, Delivery delivery, Duration pause) {
    this.spool = spool;
    this.delivery = delivery;
    this.pause = pause;
    this.thread = new Thread(this::run, "return-sender");
    this.thread.start();
  }

  /** Delivers a return; it is on disk before this tries, and until the master has it. */
  public void send(Map<String, Object> load) {
    Path kept = spool.keep(load);
    beingSent.add(kept);
    try {
      delivery.deliver(load);
      spool.remove(kept);
    } catch (TransportException e) {
      log.warn("the return of job {} waits in {}: {}", load.get("jid"), kept, e.getMessage());
    } finally {
      beingSent.remove(kept);
    }
  }

  /** Tries what waits now: the master can be reached again. */
  public void retry() {
    wakeUp.offer(true);
  }

  private void run() {
    try {
      while (!closed) {
        deliverWaiting();
        wakeUp.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliverWaiting() {
    for (Path kept : spool.waiting()) {
      if (closed || !beingSent.add(kept)) {
        continue;
      }
      try {
        spool.read(kept).ifPresent(load -> deliverAgain(kept, load));
      } catch (TransportException e) {
        log.debug("returns keep waiting: {}", e.getMessage());
        return;
      } finally {
        beingSent.remove(kept);
      }
    }
  }

  private void deliverAgain(Path kept, Map<String, Object> load) {
    delivery.deliver(load);
    spool.remove(kept);
    log.info("the return of job {} was delivered late", load.get("jid"));
  }

  /** Stops trying; what waits stays on disk. */
  @Override
  public void close() {
    closed = true;
    retry();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

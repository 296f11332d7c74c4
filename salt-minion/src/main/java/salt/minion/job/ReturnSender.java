package salt.minion.job;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;
import salt.common.transport.TransportException;

/**
 * Delivers returns to the master: at once by the job's own thread, and, where that fails, again and
 * again by the thread {@code return-sender} until the master acknowledges or the spool drops them.
 */
public final class ReturnSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReturnSender.class);

  private final ReturnSpool spool;
  private final Delivery delivery;
  private final Supplier<Duration> pause;
  private final BlockingQueue<Boolean> wakeUp = new ArrayBlockingQueue<>(1);
  private final Set<Path> beingSent = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean closed;
  private Path failedLast;

  /** Sends one return and returns when the master has it. */
  @FunctionalInterface
  public interface Delivery {
    /** Throws {@link TransportException} when the master did not acknowledge. */
    void deliver(Map<String, Object> load);
  }

  /**
   * Starts delivering what the spool holds from before.
   *
   * @param pause gives the pause before each attempt at what could not be delivered
   */
  public ReturnSender(ReturnSpool spool, Delivery delivery, Supplier<Duration> pause) {
    this.spool = spool;
    this.delivery = delivery;
    this.pause = pause;
    this.thread = new Thread(this::run, "return-sender");
    this.thread.start();
  }

  /**
   * Delivers a return; it is on disk before this tries, and until the master has it. A return that
   * can't be packed gives way to an error that says so.
   */
  public void send(Map<String, Object> load) {
    Path kept = spool.choose();
    // Marked before it exists, so that the other thread never sends it as well.
    beingSent.add(kept);
    try {
      Map<String, Object> sent = keep(kept, load);
      delivery.deliver(sent);
      spool.remove(kept);
    } catch (TransportException e) {
      log.warn("the return of job {} waits in {}: {}", load.get("jid"), kept, e.getMessage());
    } finally {
      beingSent.remove(kept);
    }
  }

  private Map<String, Object> keep(Path kept, Map<String, Object> load) {
    try {
      spool.keep(kept, load);
      return load;
    } catch (MalformedPayload e) {
      log.error("what job {} returned cannot be sent: {}", load.get("jid"), e.getMessage());
      Map<String, Object> instead = new LinkedHashMap<>(load);
      instead.put("success", false);
      instead.put("retcode", 1L);
      instead.put("return", "ERROR: the return cannot be sent: " + e.getMessage());
      spool.keep(kept, instead);
      return instead;
    } catch (UncheckedIOException e) {
      log.error("the return of job {} is not kept: {}", load.get("jid"), e.getMessage());
      return load;
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
        wakeUp.poll(pause.get().toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliverWaiting() {
    try {
      for (Path kept : othersFirst(spool.waiting())) {
        if (!closed && beingSent.add(kept) && !deliverAgain(kept)) {
          return;
        }
      }
    } catch (RuntimeException e) {
      log.error("returns that wait could not be delivered: {}", e.toString(), e);
    }
  }

  /** One return that the master never takes must not keep the others waiting. */
  private List<Path> othersFirst(List<Path> waiting) {
    List<Path> ordered = new ArrayList<>(waiting);
    if (ordered.remove(failedLast)) {
      ordered.add(failedLast);
    }
    return ordered;
  }

  /** Delivers one that waits and is marked as being sent; false when the master did not take it. */
  private boolean deliverAgain(Path kept) {
    try {
      spool
          .read(kept)
          .ifPresent(
              load -> {
                delivery.deliver(load);
                spool.remove(kept);
                log.info("the return of job {} was delivered late", load.get("jid"));
              });
      return true;
    } catch (TransportException e) {
      failedLast = kept;
      log.debug("returns keep waiting: {}", e.getMessage());
      return false;
    } finally {
      beingSent.remove(kept);
    }
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

package salt.common.daemon;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads that work off a queue with a bound. When the queue is full a task is
 * refused, and the caller decides what becomes of it.
 *
 * <p>Workers are never interrupted, as they may be about to wake threads that own sockets.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final String name;
  private final Duration limit;
  private final ThreadPoolExecutor pool;

  /**
   * Starts threads as tasks come.
   *
   * @param name of the threads, which get a number behind it
   * @param threads how many at most
   * @param queued how many tasks may wait
   * @param limit how long {@link #close} waits for tasks taken to be finished
   */
  public Workers(String name, int threads, int queued, Duration limit) {
    this.name = name;
    this.limit = limit;
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queued),
            new NamedThreads(name));
  }

  /**
   * Has {@code task} done by a worker. What it throws is logged.
   *
   * @return whether it was taken: false when the queue is full or the workers are closed
   */
  public boolean offer(Runnable task) {
    try {
      pool.execute(() -> run(task));
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task of {} failed", name, e);
    }
  }

  /** How many tasks wait for a worker. */
  public int waiting() {
    return pool.getQueue().size();
  }

  /** Takes no more tasks and waits for those taken, as long as allowed. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("{} leave {} tasks undone", name, pool.getQueue().size() + pool.getActiveCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

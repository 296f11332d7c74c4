package salt.common.daemon;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads called {@code <name>-1}, {@code <name>-2} and so on, whose unexpected failures are
 * logged. They don't keep the process alive.
 */
public final class NamedThreads implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(NamedThreads.class);

  private final AtomicInteger count = new AtomicInteger();
  private final String name;

  /** Threads whose names begin with {@code name}. */
  public NamedThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable task) {
    return daemon(name + "-" + count.incrementAndGet(), task);
  }

  /** One thread that does not keep the process alive, not started yet. */
  public static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (failed, failure) -> LOG.error("thread {} died", failed.getName(), failure));
    return thread;
  }
}

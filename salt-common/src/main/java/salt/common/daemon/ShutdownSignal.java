package salt.common.daemon;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Tells a daemon to end, when the process gets SIGTERM or SIGINT or when somebody calls {@link
 * #raise}.
 *
 * <p>The daemon's main thread waits in {@link #await}, then closes what it has, then closes this.
 * Real Salt's daemons exit with 0 after a signal where a JVM would with 143 or 130, so the main
 * class says how to end with a code of its own. After the limit the JVM ends with the code of the
 * signal, and whatever hangs is left behind.
 */
public final class ShutdownSignal implements AutoCloseable {
  private final CountDownLatch raised = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Duration limit;
  private final IntConsumer exit;
  private final Thread hook;

  private ShutdownSignal(Duration limit, IntConsumer exit) {
    this.limit = limit;
    this.exit = exit;
    hook = new Thread(this::raiseAndWait, "shutdown-signal");
  }

  /**
   * Listens for signals from now on.
   *
   * @param limit how long a signal waits for the daemon to have closed everything
   * @param exit ends the process at once with an exit code: {@code Runtime.getRuntime()::halt}
   */
  public static ShutdownSignal install(Duration limit, IntConsumer exit) {
    ShutdownSignal signal = new ShutdownSignal(limit, exit);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private void raiseAndWait() {
    raise();
    try {
      if (finished.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        exit.accept(0);
      } else {
        System.err.println("did not shut down within " + limit.toSeconds() + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the daemon to end, without a signal. */
  public void raise() {
    raised.countDown();
  }

  /** Whether the daemon has been told to end. */
  public boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Waits until the daemon is told to end. */
  public void await() throws InterruptedException {
    raised.await();
  }

  /**
   * Waits until the daemon is told to end, but not longer than {@code time}.
   *
   * @return whether it has been told
   */
  public boolean await(Duration time) throws InterruptedException {
    return raised.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is running and ends by itself now.
      raise();
    }
  }
}

package salt.common.daemon;

import java.time.Duration;

/** Time that only goes forward, for durations and deadlines; tests put their own in its place. */
@FunctionalInterface
public interface Ticker {
  /** The time of this machine since an arbitrary moment. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since a moment that is the same for all calls. */
  long nanos();

  /** What has gone by since {@code start}, an earlier {@link #nanos}. */
  default Duration since(long start) {
    return Duration.ofNanos(nanos() - start);
  }
}

package salt.minion.connection;

import java.time.Duration;

/** Waits, unless the minion ends meanwhile. */
@FunctionalInterface
interface Pause {
  /** Waits for {@code time}; true as soon as the minion ends. */
  boolean endsIn(Duration time) throws InterruptedException;
}

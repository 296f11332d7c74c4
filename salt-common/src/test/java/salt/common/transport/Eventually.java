package salt.common.transport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits for a condition instead of for a time. */
final class Eventually {
  private Eventually() {}

  static void within(Duration limit, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        Assertions.fail("not within " + limit + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  static void holds(String what, BooleanSupplier condition) {
    within(Duration.ofSeconds(20), what, condition);
  }
}

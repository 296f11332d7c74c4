package salt.common.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;

/** Waits for a condition instead of for a time. */
public final class Eventually {
  private Eventually() {}

  /** Fails when {@code condition} does not hold within {@code limit}. */
  public static void within(Duration limit, String what, BooleanSupplier condition) {
    within(limit, () -> what, condition);
  }

  /**
   * Fails when {@code condition} does not hold within {@code limit}.
   *
   * @param what is asked only then, and may tell what was seen last
   */
  public static void within(Duration limit, Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        Assertions.fail("not within " + limit + ": " + what.get());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Fails when {@code condition} does not hold within twenty seconds. */
  public static void holds(String what, BooleanSupplier condition) {
    within(Duration.ofSeconds(20), what, condition);
  }
}

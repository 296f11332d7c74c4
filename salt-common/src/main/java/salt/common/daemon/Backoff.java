package salt.common.daemon;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: the first one as given, each later one twice as long up to a bound, and
 * a random part on top so that many who failed together do not come back together.
 *
 * <p>The random part is at most the first pause, and no pause exceeds the bound. Not thread-safe.
 */
public final class Backoff {
  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private Duration current;

  /**
   * Starts with {@code first}.
   *
   * @param most the longest pause; one below {@code first} (zero, say) means that pauses don't grow
   * @param random gives the random part
   */
  public Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most.compareTo(first) < 0 ? first : most;
    this.random = random;
    current = first;
  }

  /** How long to wait before the next attempt. */
  public Duration next() {
    Duration pause = shorter(current.plusNanos((long) (random.nextDouble() * first.toNanos())));
    current = shorter(current.multipliedBy(2));
    return pause;
  }

  private Duration shorter(Duration duration) {
    return duration.compareTo(most) < 0 ? duration : most;
  }

  /** An attempt succeeded: the next pause is the first one again. */
  public void reset() {
    current = first;
  }
}

package salt.common.channel;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import salt.common.crypto.Crypticle;

/**
 * The AES key that all minions share, and the count of publications under it.
 *
 * <p>Every start of a master makes a new key, so that a count never starts again under an old one.
 * After a rotation requests under the previous key are taken for a short time; publications use the
 * new key at once.
 */
public final class AesKeys {
  private final SecureRandom random;
  private final Duration grace;
  private final Clock clock;
  private Crypticle current;
  private Instant since;
  private Crypticle previous;
  private long serial;

  /**
   * Makes the first key.
   *
   * @param grace how long requests under the previous key are taken after a rotation
   */
  public AesKeys(SecureRandom random, Duration grace, Clock clock) {
    this.random = random;
    this.grace = grace;
    this.clock = clock;
    this.current = Crypticle.generate(random);
    this.since = clock.instant();
  }

  /** The key in use. */
  public synchronized Crypticle current() {
    return current;
  }

  /** When the key in use was made: it is due for rotation {@code publish_session} later. */
  public synchronized Instant since() {
    return since;
  }

  /** Replaces the key and starts the count again. */
  public synchronized void rotate() {
    previous = current;
    current = Crypticle.generate(random);
    since = clock.instant();
    serial = 0;
  }

  /** The keys under which a request may come now, the likeliest first. */
  synchronized List<Crypticle> accepted() {
    if (previous != null && clock.instant().isAfter(since.plus(grace))) {
      previous = null;
    }
    return previous == null ? List.of(current) : List.of(current, previous);
  }

  /** The key in use with the next number under it, taken together. */
  synchronized Numbered next() {
    serial++;
    return new Numbered(current, serial);
  }

  record Numbered(Crypticle key, long serial) {}
}

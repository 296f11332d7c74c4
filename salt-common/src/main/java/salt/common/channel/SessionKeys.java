package salt.common.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.MinionId;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;

/**
 * The key that a master shares with one minion alone, in {@code <cachedir>/sessions/<id>}: the key
 * string without a line end, mode 0600. It is renewed once the file is older than {@code
 * publish_session}; the minion then signs in again.
 */
public final class SessionKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SessionKeys.class);
  private static final int LARGEST = 1024;

  private final Path directory;
  private final Duration lifetime;
  private final SecureRandom random;
  private final Clock clock;
  private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();

  /**
   * Keeps keys in {@code directory}, which is made when missing.
   *
   * @param directory {@code <cachedir>/sessions}
   * @param lifetime {@code publish_session}
   * @throws UncheckedIOException when the directory can't be made
   */
  public SessionKeys(Path directory, Duration lifetime, SecureRandom random, Clock clock) {
    this.directory = directory;
    this.lifetime = lifetime;
    this.random = random;
    this.clock = clock;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(directory + ": can't be made: " + e.getMessage(), e);
    }
  }

  /**
   * The key of an accepted minion; a new one when there is none yet or it is too old.
   *
   * @param id an id that is valid and accepted: anything else would fill the disk
   * @throws UncheckedIOException when the file can't be written
   */
  public Crypticle of(String id) {
    if (!MinionId.isValid(id)) {
      throw new IllegalArgumentException("not a minion id: " + MinionId.shown(id));
    }
    return sessions.compute(id, (same, known) -> current(id, known)).key();
  }

  /** Forgets the key of a minion that is no longer accepted. */
  public void forget(String id) {
    if (!MinionId.isValid(id)) {
      return;
    }
    sessions.compute(
        id,
        (same, known) -> {
          try {
            Files.deleteIfExists(directory.resolve(id));
          } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(id) + ": can't be deleted", e);
          }
          return null;
        });
  }

  private Session current(String id, Session known) {
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.made().plus(lifetime))) {
      return known;
    }
    Path file = directory.resolve(id);
    try {
      Instant made = Files.getLastModifiedTime(file).toInstant();
      if (!now.isAfter(made.plus(lifetime)) && Files.size(file) <= LARGEST) {
        return new Session(made, Crypticle.of(Files.readString(file)));
      }
    } catch (NoSuchFileException firstTime) {
      LOG.debug("{}: a first session key is made", file);
    } catch (CryptoException | IOException e) {
      LOG.warn("{}: is replaced, as it can't be used: {}", file, e.getMessage());
    }
    return renewed(file, now);
  }

  private Session renewed(Path file, Instant now) {
    Crypticle key = Crypticle.generate(random);
    try {
      Path draft =
          Files.createTempFile(
              directory,
              "aes",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, key.keyString().getBytes(StandardCharsets.US_ASCII));
      Files.setLastModifiedTime(draft, FileTime.from(now));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": can't be written: " + e.getMessage(), e);
    }
    return new Session(now, key);
  }

  private record Session(Instant made, Crypticle key) {}
}

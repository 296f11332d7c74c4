package salt.minion.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * Returns that no master has acknowledged yet, one file each, so that they outlive this process.
 *
 * <p>Bounded by size and age: the oldest go first, each with a line in the log. Files are named so
 * that they sort by time.
 */
public final class ReturnSpool {
  private static final Logger log = LoggerFactory.getLogger(ReturnSpool.class);

  private final Path directory;
  private final long mostBytes;
  private final Duration longest;
  private final Clock clock;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * Opens the spool, which only this user can read.
   *
   * @param mostBytes what all files together may hold
   * @param longest how long a return is kept
   */
  public ReturnSpool(Path directory, long mostBytes, Duration longest, Clock clock) {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.longest = longest;
    this.clock = clock;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, ".[0-9]*.p")) {
        for (Path file : unfinished) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep returns in " + directory + ": " + e, e);
    }
  }

  /** Chooses where a return will be kept. */
  Path choose() {
    return directory.resolve("%015d-%09d.p".formatted(clock.millis(), sequence.incrementAndGet()));
  }

  /**
   * Keeps a load at a place that was chosen.
   *
   * @throws UncheckedIOException when it can't be written
   * @throws MalformedPayload when it holds something that can't be sent
   */
  void keep(Path file, Map<String, Object> load) {
    Path beside = directory.resolve("." + file.getFileName());
    try {
      Files.write(beside, MessagePack.BIN.pack(load));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      remove(beside);
      throw new UncheckedIOException("cannot keep a return in " + directory + ": " + e, e);
    }
  }

  /** Forgets a return that was acknowledged. */
  void remove(Path kept) {
    try {
      Files.deleteIfExists(kept);
    } catch (IOException e) {
      log.warn("the delivered return {} stays: {}", kept, e.toString());
    }
  }

  /** What waits, oldest first, after what exceeds the bounds was dropped. */
  List<Path> waiting() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9]*.p")) {
      entries.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e, e);
    }
    Collections.sort(files);
    return withinBounds(files);
  }

  private List<Path> withinBounds(List<Path> files) {
    long oldest = clock.millis() - longest.toMillis();
    long bytes = 0;
    List<Path> kept = new ArrayList<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      Path file = files.get(i);
      bytes += sizeOf(file);
      boolean tooOld = Long.parseLong(file.getFileName().toString().substring(0, 15)) < oldest;
      if (tooOld || bytes > mostBytes) {
        log.error(
            "the undelivered return {} is dropped: {}",
            file,
            tooOld ? "older than " + longest : "more than " + mostBytes + " bytes are waiting");
        remove(file);
      } else {
        kept.add(0, file);
      }
    }
    return kept;
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Reads a return that waits; nothing when it has gone or is broken (then it is dropped). */
  Optional<Map<String, Object>> read(Path kept) {
    try {
      Map<String, Object> load = new LinkedHashMap<>();
      MessagePack.unpackMap(Files.readAllBytes(kept))
          .forEach((key, value) -> load.put(String.valueOf(key), value));
      return Optional.of(load);
    } catch (NoSuchFileException delivered) {
      return Optional.empty();
    } catch (IOException | MalformedPayload e) {
      log.error("the undelivered return {} cannot be read and is dropped: {}", kept, e.toString());
      remove(kept);
      return Optional.empty();
    }
  }
}

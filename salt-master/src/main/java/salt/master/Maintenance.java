package salt.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.AesKeys;
import salt.common.config.Options;
import salt.common.event.EventBus;

/**
 * What a master does every {@code loop_interval}: the first time at the start: rotates the AES key
 * when it is old or when the drop file {@code .dfn} asks for it, forgets old jobs, and whatever
 * else it is given. Thread {@code maintenance}.
 */
final class Maintenance implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

  private final Options options;
  private final AesKeys aes;
  private final EventBus events;
  private final Duties duties;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Thread thread;

  /**
   * What other parts do.
   *
   * @param pingAll pings all minions, as {@code ping_on_rotate} wants
   * @param expire forgets what is older than the given time
   * @param more what else is to be done each time
   */
  record Duties(Runnable pingAll, Consumer<Instant> expire, List<Runnable> more) {}

  Maintenance(Options options, AesKeys aes, EventBus events, Duties duties, Clock clock) {
    this.options = options;
    this.aes = aes;
    this.events = events;
    this.duties = duties;
    this.clock = clock;
  }

  /** Starts the thread. */
  Maintenance start() {
    List<Runnable> tasks = new ArrayList<>(List.of(this::rotateIfDue, this::expireJobs));
    tasks.addAll(duties.more);
    thread = new Thread(() -> run(tasks), "maintenance");
    thread.start();
    return this;
  }

  private void run(List<Runnable> tasks) {
    long interval = Math.max(1, options.integer("loop_interval"));
    try {
      do {
        tasks.forEach(Maintenance::guarded);
      } while (!closed.await(interval, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("maintenance failed and goes on: {}", e.toString(), e);
    }
  }

  private void rotateIfDue() {
    Duration lifetime = Duration.ofSeconds(options.integer("publish_session"));
    boolean old = !lifetime.isZero() && clock.instant().isAfter(aes.since().plus(lifetime));
    if (takeDropFile() || old) {
      log.info("rotating the AES key: minions sign in again at the next publication");
      aes.rotate();
      events.fire("key", Map.of("rotate_aes_key", true));
      if (options.flag("ping_on_rotate")) {
        duties.pingAll.run();
      }
    }
  }

  /** Only a file that nobody but its owner can touch counts, as whoever drops it causes load. */
  private boolean takeDropFile() {
    Path file = options.path("cachedir").resolve(".dfn");
    try {
      if (!Files.isRegularFile(file)) {
        return false;
      }
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      if (!modes.equals(Set.of(PosixFilePermission.OWNER_READ))) {
        log.error("{} is ignored and deleted: its mode is not 0400", file);
        Files.deleteIfExists(file);
        return false;
      }
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} cannot be used: {}", file, e.toString());
      return false;
    }
  }

  private void expireJobs() {
    long keep = options.integer("keep_jobs_seconds");
    if (keep > 0) {
      duties.expire.accept(clock.instant().minusSeconds(keep));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread != null) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package salt.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.AesKeys;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.master.job.JobCache;

/**
 * What a master does every {@code loop_interval}: rotates the AES key when it is old or when the
 * drop file {@code .dfn} asks for it, and forgets old jobs. Thread {@code maintenance}.
 */
final class Maintenance implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

  private final Options options;
  private final AesKeys aes;
  private final JobCache jobs;
  private final EventBus events;
  private final Runnable pingAll;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Thread thread;

  Maintenance(
      Options options, AesKeys aes, JobCache jobs, EventBus events, Runnable pingAll, Clock clock) {
    this.options = options;
    this.aes = aes;
    this.jobs = jobs;
    this.events = events;
    this.pingAll = pingAll;
    this.clock = clock;
  }

  /**
   * Starts the thread.
   *
   * @param presence fires the events of {@code presence_events}
   */
  Maintenance start(Runnable presence) {
    List<Runnable> tasks = new ArrayList<>(List.of(this::rotateIfDue, this::expireJobs));
    if (options.flag("presence_events")) {
      tasks.add(presence);
    }
    thread = new Thread(() -> run(tasks), "maintenance");
    thread.start();
    return this;
  }

  private void run(List<Runnable> tasks) {
    long interval = Math.max(1, options.integer("loop_interval"));
    try {
      while (!closed.await(interval, TimeUnit.SECONDS)) {
        tasks.forEach(Maintenance::guarded);
      }
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
        pingAll.run();
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
        log.warn("{} is ignored: its mode is not 0400", file);
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
      int expired = jobs.expire(clock.instant().minusSeconds(keep));
      if (expired > 0) {
        log.info("{} jobs older than keep_jobs_seconds were forgotten", expired);
      }
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

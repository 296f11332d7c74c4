package salt.minion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.daemon.NamedThreads;
import salt.common.loader.Call;

/**
 * What a session does by the clock: sends the mine at start and every {@code mine_interval}
 * minutes, tells the master that it is there every {@code ping_interval} minutes, and looks for
 * changed grains every {@code grains_refresh_every} minutes. Thread {@code upkeep}; it rests while
 * the session is not open.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final String MINE = "mine.update";

  private final MinionSession session;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, new NamedThreads("upkeep"));
  private final List<ScheduledFuture<?>> tasks = new ArrayList<>();
  private boolean begun;
  private volatile boolean paused;

  /** Looks after {@code session} once that is open. */
  Upkeep(MinionSession session) {
    this.session = session;
  }

  /** Begins, or goes on after a pause with sending the mine. */
  synchronized void begin() {
    if (timer.isShutdown()) {
      return;
    }
    paused = false;
    Options options = session.options();
    boolean mine = options.flag("mine_enabled") && session.functions().find(MINE).isPresent();
    if (begun) {
      if (mine) {
        timer.execute(() -> guarded(MINE, this::sendMine));
      }
      return;
    }
    begun = true;
    if (mine) {
      every(options.integer("mine_interval"), 0, MINE, this::sendMine);
    }
    int ping = options.integer("ping_interval");
    if (ping > 0) {
      every(ping, ping, "ping_interval", this::ping);
    }
    int grains = options.integer("grains_refresh_every");
    if (grains > 0) {
      every(grains, grains, "grains_refresh_every", session::refreshGrains);
    }
  }

  private void every(int minutes, int first, String what, Runnable task) {
    long pause = Math.max(1, minutes);
    tasks.add(
        timer.scheduleWithFixedDelay(() -> guarded(what, task), first, pause, TimeUnit.MINUTES));
  }

  private void guarded(String what, Runnable task) {
    try {
      if (!paused) {
        task.run();
      }
    } catch (RuntimeException e) {
      log.error("{} failed and is tried again later: {}", what, e.toString(), e);
    }
  }

  private void sendMine() {
    Call call = new Call(MINE, Map.of());
    session.functions().call(MINE, List.of(), Map.of(), call);
  }

  private void ping() {
    try {
      session.ping();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rests until {@link #begin} is called again. */
  void pause() {
    paused = true;
  }

  /** Begins nothing more; what it does now ends with the connection. */
  @Override
  public synchronized void close() {
    paused = true;
    tasks.forEach(task -> task.cancel(false));
    timer.shutdown();
  }
}

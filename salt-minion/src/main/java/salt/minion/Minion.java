package salt.minion;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.transport.Transport;
import salt.minion.connection.MasterAddress;
import salt.minion.connection.MasterConnection;
import salt.minion.job.JobSettings;
import salt.minion.job.ProcDirectory;
import salt.minion.module.MinionContext;

/** A running minion: one session for each of its masters. */
public final class Minion implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Minion.class);

  private final List<MinionSession> sessions;
  private final List<Thread> openers = new ArrayList<>();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  private Minion(List<MinionSession> sessions) {
    this.sessions = sessions;
  }

  /**
   * Starts a minion: it signs in at its masters on threads of its own, however long that takes.
   *
   * @param grains collects the grains
   */
  public static Minion start(
      Options options, Transport transport, Supplier<Map<String, Object>> grains, Clock clock) {
    Map<String, Object> collected = grains.get();
    JobSettings jobs =
        new JobSettings(
            new ProcDirectory(options.path("cachedir").resolve("proc")),
            options.integer("process_count_max"),
            options.integer("minion_jid_queue_hwm"),
            options.flag("multifunc_ordered"));
    List<MinionSession> sessions = new ArrayList<>();
    for (String master : masters(options)) {
      MasterConnection connection =
          new MasterConnection(
              transport, options, MasterAddress.parse(master, options), collected, clock);
      sessions.add(new MinionSession(options, connection, jobs, grains, collected, clock));
    }
    Minion minion = new Minion(sessions);
    minion.open();
    return minion;
  }

  private static List<String> masters(Options options) {
    List<String> masters = new ArrayList<>();
    options.list("master").forEach(master -> masters.add(String.valueOf(master)));
    if (options.flag("random_master") || options.flag("master_shuffle")) {
      Collections.shuffle(masters);
    }
    return masters;
  }

  private void open() {
    for (MinionSession session : sessions) {
      String name = "sign-in-" + session.master().map(MinionContext.MasterLink::address).orElse("");
      Thread opener = new Thread(() -> open(session), name);
      openers.add(opener);
      opener.start();
    }
  }

  private void open(MinionSession session) {
    try {
      int exitCode = session.open();
      if (exitCode != 0) {
        end.complete(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("the session with a master failed: {}", e.toString(), e);
      end.complete(1);
    }
  }

  /** Completes with an exit code when the minion has to end by itself. */
  public CompletableFuture<Integer> end() {
    return end;
  }

  @Override
  public void close() {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      sessions.get(i).close();
    }
    for (Thread opener : openers) {
      try {
        opener.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

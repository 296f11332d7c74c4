package salt.minion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.daemon.Resources;
import salt.common.event.EventBus;
import salt.common.event.EventBusOptions;
import salt.common.event.EventSockets;
import salt.common.transport.Transport;
import salt.minion.connection.MasterAddress;
import salt.minion.connection.MasterConnection;
import salt.minion.connection.MasterList;
import salt.minion.job.JobPool;
import salt.minion.job.JobSettings;
import salt.minion.job.ProcDirectory;
import salt.minion.module.MinionContext;

/**
 * A running minion: one session for each of its masters, its own event bus, and, where it uses one
 * master at a time, the thread that chooses it.
 */
public final class Minion implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Minion.class);

  /** An opener may be in a request to a master that does not answer; closing ends that. */
  private static final long OPENERS_END_MILLIS = 1_000;

  private final Resources resources = new Resources();
  private final List<MinionSession> sessions = new ArrayList<>();
  private final List<Thread> openers = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  private Minion() {}

  /**
   * Starts a minion: it signs in at its masters on threads of its own, however long that takes.
   *
   * @param collector collects the grains
   * @throws salt.common.config.ConfigException when options ask for what this minion does not do
   * @throws salt.common.event.EventBusException when another minion of this id runs here
   */
  public static Minion start(
      Options options, Transport transport, Supplier<Map<String, Object>> collector, Clock clock) {
    StartCheck.check(options);
    MasterList masters = MasterList.of(options, new Random());
    Minion minion = new Minion();
    try {
      EventBus events = minion.resources.add(new EventBus(EventBusOptions.DEFAULT, clock));
      openBus(events, options);
      Facts facts = new Facts(collector, clock);
      minion.prepare(options, masters, transport, facts, events);
      minion.resources.add(new MinionEvents(events, minion.sessions).start());
      minion.open(options, masters);
      return minion;
    } catch (RuntimeException e) {
      minion.close();
      throw e;
    }
  }

  private static void openBus(EventBus events, Options options) {
    Path directory = options.path("sock_dir");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make sock_dir " + directory + ": " + e, e);
    }
    events.open(EventSockets.minion(options));
  }

  private void prepare(
      Options options, MasterList masters, Transport transport, Facts facts, EventBus events) {
    JobSettings jobs =
        new JobSettings(
            new ProcDirectory(
                options.path("cachedir").resolve("proc"),
                masters.masters().stream().map(MasterAddress::name).toList()),
            resources.add(new JobPool(options.integer("process_count_max"))),
            options.integer("minion_jid_queue_hwm"),
            options.flag("multifunc_ordered"));
    for (MasterAddress master : masters.masters()) {
      Options own = master.applied(options);
      if (masters.failover()) {
        // A master that does not answer shall not keep the next one waiting.
        own = own.with("auth_tries", 1L);
      }
      MasterConnection connection =
          new MasterConnection(transport, own, master, facts.grains(), facts.clock());
      sessions.add(resources.add(new MinionSession(own, connection, jobs, facts, events)));
    }
  }

  private void open(Options options, MasterList masters) {
    if (masters.failover()) {
      start("failover", new Failover(options, sessions, closed)::run);
      return;
    }
    for (MinionSession session : sessions) {
      start(
          "sign-in-" + session.master().map(MinionContext.MasterLink::address).orElse(""),
          session::open);
    }
  }

  /** Opens sessions; the result is 0 or an exit code to end with. */
  @FunctionalInterface
  private interface Opener {
    int open() throws InterruptedException;
  }

  private void start(String name, Opener opener) {
    Thread thread = new Thread(() -> run(opener), name);
    openers.add(thread);
    thread.start();
  }

  private void run(Opener opener) {
    try {
      int exitCode = opener.open();
      if (exitCode != 0) {
        end.complete(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (closed.getCount() == 0) {
        log.debug("the session ended while it opened: {}", e.toString());
        return;
      }
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
    closed.countDown();
    sessions.forEach(MinionSession::stopWaiting);
    for (Thread opener : openers) {
      try {
        opener.join(OPENERS_END_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    resources.close();
  }
}

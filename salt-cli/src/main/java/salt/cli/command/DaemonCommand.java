package salt.cli.command;

import ch.qos.logback.classic.LoggerContext;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.daemon.PidFile;
import salt.common.daemon.ReadyNotice;
import salt.common.daemon.Resources;
import salt.common.daemon.ShutdownSignal;
import salt.common.logging.DaemonLogging;
import salt.common.logging.LogSettings;
import salt.common.transport.Transport;
import salt.common.transport.ZeroMqTransport;

/** Runs a daemon: logging, pid file, start, readiness; then waits for a signal and closes. */
final class DaemonCommand implements Command<DaemonRequest> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long Java remembers the address of a name, so that a master that moved is found. */
  private static final String ADDRESS_SECONDS = "3";

  private final String program;
  private final BiFunction<Options, Transport, Daemon> starter;

  /**
   * A daemon that runs.
   *
   * @param parts is closed at the end
   * @param end completes with an exit code when the daemon has to end by itself
   */
  record Daemon(AutoCloseable parts, CompletableFuture<Integer> end) {}

  /**
   * The command of one daemon.
   *
   * @param starter starts it on a transport
   */
  DaemonCommand(String program, BiFunction<Options, Transport, Daemon> starter) {
    this.program = program;
    this.starter = starter;
  }

  @Override
  public int run(DaemonRequest request, Terminal terminal) {
    Options options = request.options();
    Security.setProperty("networkaddress.cache.ttl", ADDRESS_SECONDS);
    Security.setProperty("networkaddress.cache.negative.ttl", ADDRESS_SECONDS);
    AtomicInteger exitCode = new AtomicInteger();
    try (ShutdownSignal signal = ShutdownSignal.install(PATIENCE, Runtime.getRuntime()::halt);
        DaemonLogging logging =
            new DaemonLogging((LoggerContext) LoggerFactory.getILoggerFactory(), terminal.err())) {
      logging.start(LogSettings.of(options), !options.flag("daemon"));
      Logger log = LoggerFactory.getLogger("salt." + program);
      try (Resources resources = new Resources()) {
        start(options, resources, exitCode, signal);
        ReadyNotice.ofThisProcess().send();
        log.info("{} is up", program);
        signal.await();
        log.info("{} is shutting down", program);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        exitCode.compareAndSet(0, 1);
      } catch (RuntimeException e) {
        log.error("{} cannot go on: {}", program, e.getMessage(), e);
        terminal.err().println(program + ": error: " + e.getMessage());
        exitCode.compareAndSet(0, 1);
      }
    }
    return exitCode.get();
  }

  private void start(
      Options options, Resources resources, AtomicInteger exitCode, ShutdownSignal signal) {
    Transport transport = resources.add(new ZeroMqTransport());
    Daemon daemon = starter.apply(options, transport);
    resources.add(daemon.parts());
    // Once it is up: a daemon that cannot start leaves the file of the one that runs alone, and a
    // launcher that waits for the file does not report too early.
    resources.add(PidFile.write(options.path("pidfile")));
    CompletableFuture<Integer> unused =
        daemon
            .end()
            .whenComplete(
                (code, failure) -> {
                  exitCode.set(failure == null ? code : 1);
                  signal.raise();
                });
  }
}

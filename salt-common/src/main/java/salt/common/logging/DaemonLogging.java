package salt.common.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import salt.common.config.ConfigException;

/** The logging of a daemon, by Logback: to stderr and to {@code log_file}. */
public final class DaemonLogging implements AutoCloseable {
  private final LoggerContext context;
  private final PrintStream stderr;

  /**
   * Logging that is not yet set up.
   *
   * @param context Logback's, from {@code LoggerFactory.getILoggerFactory()}; its configuration is
   *     replaced
   * @param stderr where the console's lines go
   */
  public DaemonLogging(LoggerContext context, PrintStream stderr) {
    this.context = context;
    this.stderr = stderr;
  }

  /**
   * Starts logging by these settings. A log file that cannot be opened is reported on the console,
   * and the daemon goes on without it, as Salt does.
   *
   * @param console whether to log to stderr; false for a daemon in the background
   * @throws ConfigException for a format or syslog address that cannot be used
   */
  public void start(LogSettings settings, boolean console) {
    PythonLogFormat consoleFormat = settings.console().compile("log_fmt_console");
    PythonLogFormat fileFormat = settings.file().compile("log_fmt_logfile");
    context.reset();
    context.getStatusManager().add(this::report);
    LogLevel least = LogLevel.QUIET;
    if (console) {
      add(new TargetAppender(settings.consoleLevel(), consoleFormat, new Console(stderr)));
      least = settings.consoleLevel();
    }
    Optional<LogTarget> target = openTarget(settings);
    if (target.isPresent()) {
      add(new TargetAppender(settings.targetLevel(), fileFormat, target.get()));
      least = least.admits(settings.targetLevel()) ? least : settings.targetLevel();
    }
    root().setLevel(logback(least));
    settings.granular().forEach((name, level) -> context.getLogger(name).setLevel(logback(level)));
  }

  private Optional<LogTarget> openTarget(LogSettings settings) {
    String target = settings.target();
    if (target == null || target.isEmpty() || settings.targetLevel() == LogLevel.QUIET) {
      return Optional.empty();
    }
    try {
      return Optional.of(LogTarget.open(target));
    } catch (IOException e) {
      if (Syslog.isAddress(target)) {
        throw new ConfigException("log_file: cannot reach " + target + ": " + e.getMessage());
      }
      root().warn("Cannot open the log file {}: {}", target, e.toString());
      return Optional.empty();
    }
  }

  /** What fails in logging itself can only be told on the console. */
  private void report(Status status) {
    if (status.getEffectiveLevel() >= Status.ERROR) {
      stderr.println("[ERROR   ] " + status.getMessage() + ": " + status.getThrowable());
    }
  }

  private void add(TargetAppender appender) {
    appender.setContext(context);
    appender.start();
    root().addAppender(appender);
  }

  private Logger root() {
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static Level logback(LogLevel level) {
    return level.least().map(least -> Level.toLevel(least.name())).orElse(Level.OFF);
  }

  /** Writes what is left and closes the targets. */
  @Override
  public void close() {
    context.reset();
    root().setLevel(Level.OFF);
  }
}

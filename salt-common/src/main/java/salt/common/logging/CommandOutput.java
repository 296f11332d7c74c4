package salt.common.logging;

import java.io.IOException;
import java.util.Optional;
import salt.common.config.ConfigException;

/** One place that a command logs to. Its format is read and its target opened by the first line. */
final class CommandOutput {
  private final LogLevel threshold;
  private final Format format;
  private final String name;
  private final Opener opener;
  private PythonLogFormat compiled;
  private LogTarget open;
  private boolean failed;

  /** Opens a target. */
  private interface Opener {
    LogTarget open() throws IOException;
  }

  /** Reads a format. */
  private interface Format {
    PythonLogFormat compile();
  }

  private CommandOutput(LogLevel threshold, Format format, String name, Opener opener) {
    this.threshold = threshold;
    this.format = format;
    this.name = name;
    this.opener = opener;
  }

  /** The console of these settings. */
  static CommandOutput console(LogSettings settings, LogTarget console) {
    return new CommandOutput(
        settings.consoleLevel(),
        () -> settings.console().compile("log_fmt_console"),
        "the console",
        () -> console);
  }

  /** The log file or syslog address of these settings. */
  static Optional<CommandOutput> target(LogSettings settings) {
    String target = settings.target();
    return target == null || target.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CommandOutput(
                settings.targetLevel(),
                () -> settings.file().compile("log_fmt_logfile"),
                "the log file " + target,
                () -> LogTarget.open(target)));
  }

  boolean admits(LogLevel event) {
    return threshold.admits(event);
  }

  /**
   * Writes one event if it is grave enough.
   *
   * @param trace the stack trace, or empty
   * @return what to tell the user, once, when the target cannot be written or the format not used
   */
  synchronized Optional<String> write(LogLine line, String trace) {
    if (failed || !admits(line.level())) {
      return Optional.empty();
    }
    try {
      if (open == null) {
        compiled = format.compile();
        open = opener.open();
      }
      open.write(line.level(), compiled.format(line) + (trace.isEmpty() ? "" : "\n" + trace));
      return Optional.empty();
    } catch (IOException e) {
      return fails(e.toString());
    } catch (ConfigException e) {
      return fails(e.getMessage());
    }
  }

  private Optional<String> fails(String reason) {
    failed = true;
    return Optional.of("Cannot write to " + name + ": " + reason);
  }
}

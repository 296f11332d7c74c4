package salt.common.logging;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/**
 * The loggers of a command: they write to stderr in Salt's console format, and to a log file if the
 * command has one.
 */
public final class CommandLoggers implements ILoggerFactory {
  private final PrintStream stderr;
  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private volatile LogLevel level = LogLevel.WARNING;
  private volatile Optional<CommandLogFile> file = Optional.empty();

  CommandLoggers(PrintStream stderr) {
    this.stderr = stderr;
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, CommandLogger::new);
  }

  /** Sets what is logged from now on, as {@code --log-level} or {@code log_level} says. */
  public void setLevel(LogLevel level) {
    this.level = level;
  }

  /**
   * Writes to the target of {@code settings} as well from now on; the file is opened by the first
   * line that goes there.
   *
   * @throws salt.common.config.ConfigException for a format that cannot be used
   */
  public void setFile(LogSettings settings) {
    file = CommandLogFile.of(settings);
  }

  private final class CommandLogger extends StderrLogger {
    private static final long serialVersionUID = 1L;

    CommandLogger(String name) {
      super(name);
    }

    @Override
    boolean admits(LogLevel event) {
      return level.admits(event) || file.filter(log -> log.admits(event)).isPresent();
    }

    @Override
    void write(LogLevel event, String message, String trace) {
      if (level.admits(event)) {
        print(line(event, message) + trace);
      }
      file.filter(log -> log.admits(event))
          .flatMap(log -> log.write(event, getName(), message, trace))
          .ifPresent(problem -> print(line(LogLevel.WARNING, problem)));
    }

    private void print(String text) {
      stderr.print(text);
      stderr.flush();
    }
  }
}

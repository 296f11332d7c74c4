package salt.common.logging;

import java.io.PrintStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/** The loggers of a command: they write to stderr in Salt's console format. */
public final class CommandLoggers implements ILoggerFactory {
  private final PrintStream stderr;
  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private volatile LogLevel level = LogLevel.WARNING;

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

  private boolean admits(LogLevel event) {
    return level.admits(event);
  }

  private final class CommandLogger extends StderrLogger {
    private static final long serialVersionUID = 1L;

    CommandLogger(String name) {
      super(name);
    }

    @Override
    boolean admits(LogLevel event) {
      return CommandLoggers.this.admits(event);
    }

    @Override
    void write(String text) {
      stderr.print(text);
      stderr.flush();
    }
  }
}

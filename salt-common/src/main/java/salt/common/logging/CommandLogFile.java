package salt.common.logging;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The log file of a command, or a syslog address. Opened by the first line, then until the end. */
final class CommandLogFile {
  private final String target;
  private final LogLevel level;
  private final PythonLogFormat format;
  private LogTarget open;
  private boolean failed;

  private CommandLogFile(String target, LogLevel level, PythonLogFormat format) {
    this.target = target;
    this.level = level;
    this.format = format;
  }

  static Optional<CommandLogFile> of(LogSettings settings) {
    String target = settings.target();
    return target == null || target.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CommandLogFile(
                target, settings.targetLevel(), settings.file().compile("log_fmt_logfile")));
  }

  boolean admits(LogLevel event) {
    return level.admits(event);
  }

  /** Writes one event; what to tell the user when the file cannot be written, once. */
  synchronized Optional<String> write(LogLevel event, String logger, String message, String trace) {
    if (failed) {
      return Optional.empty();
    }
    LogLine line =
        new LogLine(
            event,
            logger,
            message,
            Instant.now(),
            Thread.currentThread().getName(),
            null,
            CommandLogFile::caller);
    try {
      if (open == null) {
        open = Syslog.isAddress(target) ? Syslog.open(target) : new LogFile(Path.of(target));
      }
      String end = trace.isEmpty() ? "" : "\n" + trace.stripTrailing();
      open.write(event, format.format(line) + end);
      return Optional.empty();
    } catch (IOException e) {
      failed = true;
      return Optional.of("Cannot write to the log file " + target + ": " + e);
    }
  }

  /** The first frame below logging itself. */
  private static StackTraceElement caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .dropWhile(frame -> !frame.getClassName().startsWith("org.slf4j."))
                    .dropWhile(frame -> frame.getClassName().startsWith("org.slf4j."))
                    .findFirst()
                    .map(StackWalker.StackFrame::toStackTraceElement))
        .orElseGet(() -> new StackTraceElement("", "", "", 0));
  }
}

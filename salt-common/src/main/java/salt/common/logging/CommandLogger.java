package salt.common.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger of a command. */
final class CommandLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient CommandLoggers loggers;

  CommandLogger(String name, CommandLoggers loggers) {
    this.name = name;
    this.loggers = loggers;
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
    boolean critical = marker != null && marker.getName().equals(LogLevel.CRITICAL_MARKER);
    LogLine line =
        new LogLine(
            LogLevel.of(level, critical),
            name,
            MessageFormatter.basicArrayFormat(pattern, arguments),
            Instant.now(),
            Thread.currentThread().getName(),
            MDC.get("jid"),
            CommandLogger::caller);
    loggers.write(line, trace(thrown));
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

  private static String trace(Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString().stripTrailing();
  }

  @Override
  public boolean isTraceEnabled() {
    return loggers.admits(LogLevel.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return loggers.admits(LogLevel.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return loggers.admits(LogLevel.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return loggers.admits(LogLevel.WARNING);
  }

  @Override
  public boolean isErrorEnabled() {
    return loggers.admits(LogLevel.CRITICAL);
  }
}

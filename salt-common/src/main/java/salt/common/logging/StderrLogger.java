package salt.common.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that writes lines such as {@code [WARNING ] message}. */
abstract class StderrLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;
  private static final int NAME_WIDTH = 8;

  StderrLogger(String name) {
    this.name = name;
  }

  /** Whether an event of that level is to be written. */
  abstract boolean admits(LogLevel event);

  /**
   * Writes an event.
   *
   * @param trace the stack trace with its line ends; empty without one
   */
  abstract void write(LogLevel event, String message, String trace);

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
    boolean critical = marker != null && marker.getName().equals(LogLevel.CRITICAL_MARKER);
    LogLevel event = LogLevel.of(level, critical);
    if (!admits(event)) {
      return;
    }
    write(event, MessageFormatter.basicArrayFormat(pattern, arguments), trace(thrown));
  }

  /** The line of an event as it stands on a console, with its line end. */
  static String line(LogLevel event, String message) {
    StringBuilder line = new StringBuilder("[").append(event.name());
    while (line.length() <= NAME_WIDTH) {
      line.append(' ');
    }
    return line.append("] ").append(message).append('\n').toString();
  }

  private static String trace(Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  @Override
  public boolean isTraceEnabled() {
    return admits(LogLevel.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return admits(LogLevel.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return admits(LogLevel.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return admits(LogLevel.WARNING);
  }

  @Override
  public boolean isErrorEnabled() {
    return admits(LogLevel.CRITICAL);
  }
}

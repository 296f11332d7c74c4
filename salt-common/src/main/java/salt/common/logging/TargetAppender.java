package salt.common.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Marker;
import org.slf4j.event.Level;

/** Brings Logback's events in a format to a target. */
final class TargetAppender extends AppenderBase<ILoggingEvent> {
  private final LogLevel threshold;
  private final PythonLogFormat format;
  private final LogTarget target;

  TargetAppender(LogLevel threshold, PythonLogFormat format, LogTarget target) {
    this.threshold = threshold;
    this.format = format;
    this.target = target;
  }

  @Override
  protected void append(ILoggingEvent event) {
    LogLevel level = level(event);
    if (!threshold.admits(level)) {
      return;
    }
    try {
      target.write(level, format.format(line(event, level)) + trace(event.getThrowableProxy()));
    } catch (IOException e) {
      // A full disk must not stop the daemon; Logback keeps the failure with its own status.
      addError("cannot write to the log", e);
    }
  }

  private static LogLevel level(ILoggingEvent event) {
    boolean critical =
        event.getMarkerList() != null
            && event.getMarkerList().stream()
                .map(Marker::getName)
                .anyMatch(LogLevel.CRITICAL_MARKER::equals);
    return LogLevel.of(Level.valueOf(event.getLevel().toString()), critical);
  }

  private static LogLine line(ILoggingEvent event, LogLevel level) {
    return new LogLine(
        level,
        event.getLoggerName(),
        event.getFormattedMessage(),
        Instant.ofEpochMilli(event.getTimeStamp()),
        event.getThreadName(),
        event.getMDCPropertyMap().get("jid"),
        () -> event.getCallerData()[0]);
  }

  private static String trace(IThrowableProxy thrown) {
    return thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown).stripTrailing();
  }

  @Override
  public void stop() {
    super.stop();
    try {
      target.close();
    } catch (IOException e) {
      addError("cannot close the log", e);
    }
  }
}

package salt.common.logging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.event.Level;

/** Salt's log levels by the names of {@code --log-level} and {@code log_level}, least first. */
public enum LogLevel {
  ALL(0, Level.TRACE),
  GARBAGE(1, Level.TRACE),
  TRACE(5, Level.TRACE),
  DEBUG(10, Level.DEBUG),
  PROFILE(15, Level.INFO),
  INFO(20, Level.INFO),
  WARNING(30, Level.WARN),
  ERROR(40, Level.ERROR),
  CRITICAL(50, Level.ERROR),
  QUIET(1000, null);

  /** The name of a marker on an error that makes it critical. */
  public static final String CRITICAL_MARKER = "CRITICAL";

  private final int number;
  private final Level least;

  LogLevel(int number, Level least) {
    this.number = number;
    this.least = least;
  }

  /** The level with that name in any case; empty when Salt has none. */
  public static Optional<LogLevel> named(String name) {
    return Arrays.stream(values())
        .filter(level -> level.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** All names, least level first. */
  public static List<String> names() {
    return Arrays.stream(values()).map(LogLevel::label).toList();
  }

  /** The level of a logged event. */
  static LogLevel of(Level level, boolean critical) {
    return switch (level) {
      case TRACE -> TRACE;
      case DEBUG -> DEBUG;
      case INFO -> INFO;
      case WARN -> WARNING;
      case ERROR -> critical ? CRITICAL : ERROR;
    };
  }

  /** Its name in options and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Python's number of the level. */
  int number() {
    return number;
  }

  /** Whether an event of that level is logged when this one is the threshold. */
  boolean admits(LogLevel event) {
    return event.number >= number;
  }

  /** The least level of events that can pass; empty when none can. */
  Optional<Level> least() {
    return Optional.ofNullable(least);
  }
}

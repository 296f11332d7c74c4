package salt.common.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.config.ConfigException;
import salt.common.config.Options;

/**
 * Where and how a daemon logs.
 *
 * @param consoleLevel the threshold of stderr
 * @param console the format of stderr
 * @param target a file's path, or a syslog address such as {@code udp://host:514/LOG_USER}; null or
 *     empty for none
 * @param targetLevel the threshold of the target
 * @param file the format of the target
 * @param granular thresholds of single loggers, by logger name
 */
public record LogSettings(
    LogLevel consoleLevel,
    Format console,
    String target,
    LogLevel targetLevel,
    Format file,
    Map<String, LogLevel> granular) {

  private static final String LOGFILE_DATES = "%Y-%m-%d %H:%M:%S";

  /**
   * A format by Python's rules.
   *
   * @param line the format of a line
   * @param dates the format of its {@code asctime}
   * @param jid the format of its {@code jid}
   */
  public record Format(String line, String dates, String jid) {
    PythonLogFormat compile(String option) {
      try {
        return new PythonLogFormat(line, dates, jid);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(option + ": " + e.getMessage());
      }
    }
  }

  /**
   * The settings in the options {@code log_level}, {@code log_level_logfile}, {@code log_file},
   * {@code log_fmt_console}, {@code log_fmt_logfile}, {@code log_fmt_jid}, {@code log_datefmt},
   * {@code log_datefmt_console}, {@code log_datefmt_logfile} and {@code log_granular_levels}.
   * {@code --log-level}, {@code --log-file} and {@code --log-file-level} are laid over the options
   * by the caller.
   *
   * @throws ConfigException when one names a level that does not exist
   */
  public static LogSettings of(Options options) {
    String jid = options.text("log_fmt_jid", "[JID: %(jid)s]");
    String dates = options.text("log_datefmt", "%H:%M:%S");
    String consoleDates = options.text("log_datefmt_console", dates);
    String consoleLine = options.text("log_fmt_console", "[%(levelname)-8s] %(message)s");
    LogLevel consoleLevel = level("log_level", options.text("log_level", "warning"));
    return new LogSettings(
        consoleLevel,
        new Format(consoleLine, consoleDates, jid),
        options.text("log_file"),
        level("log_level_logfile", options.text("log_level_logfile", consoleLevel.label())),
        new Format(
            options.text("log_fmt_logfile", consoleLine),
            options.text("log_datefmt_logfile", LOGFILE_DATES),
            jid),
        granular(options.map("log_granular_levels")));
  }

  private static Map<String, LogLevel> granular(Map<?, ?> levels) {
    Map<String, LogLevel> result = new LinkedHashMap<>();
    levels.forEach(
        (name, level) ->
            result.put(String.valueOf(name), level("log_granular_levels", String.valueOf(level))));
    return result;
  }

  private static LogLevel level(String option, String name) {
    return LogLevel.named(name)
        .orElseThrow(
            () ->
                new ConfigException(
                    option
                        + ": there is no log level \""
                        + name
                        + "\", expected one of "
                        + String.join(", ", LogLevel.names())));
  }
}

package salt.minion.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;

/**
 * Logs a command: of the line only its first word, since the rest may hold secrets, and the output
 * at the level that was asked for.
 */
final class CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLog.class);
  private static final Path SHELLS = Path.of("/etc/shells");
  private static final String QUIET = "quiet";
  private static final Map<String, Level> LEVELS =
      Map.of(
          "all", Level.TRACE,
          "garbage", Level.TRACE,
          "trace", Level.TRACE,
          "profile", Level.DEBUG,
          "debug", Level.DEBUG,
          "info", Level.INFO,
          "warning", Level.WARN,
          "error", Level.ERROR,
          "critical", Level.ERROR);

  private final ShellCommand command;
  private final boolean quiet;
  private final Level level;

  CommandLog(ShellCommand command) {
    this.command = command;
    this.quiet = isQuiet(command);
    this.level = quiet ? Level.TRACE : level(command.logLevel);
  }

  static boolean isQuiet(ShellCommand command) {
    return command.logLevel != null && command.logLevel.toLowerCase(Locale.ROOT).equals(QUIET);
  }

  private static Level level(String name) {
    Level level = name == null ? null : LEVELS.get(name.toLowerCase(Locale.ROOT));
    if (level == null) {
      LOG.error("output_loglevel '{}' is none of {}: info is used", name, LEVELS.keySet());
      return Level.INFO;
    }
    return level;
  }

  void starting(String directory) {
    String word = firstWord();
    if (quiet) {
      return;
    }
    if (isUnlisted(command.shell)) {
      LOG.warn("the shell '{}' is not listed in /etc/shells", command.shell);
    }
    LOG.info(
        "Executing command {}{}{} in directory '{}'{}",
        PythonText.repr(word),
        command.runas == null ? "" : " as user '" + command.runas + "'",
        command.group == null ? "" : " in group '" + command.group + "'",
        directory,
        command.background ? ", in the background without its output" : "");
  }

  void ended(ShellResult result) {
    if (quiet) {
      return;
    }
    boolean failed = !command.ignoreRetcode && result.retcode() != 0;
    Level used = failed ? Level.ERROR : level;
    if (failed) {
      LOG.error("Command '{}' failed with return code: {}", firstWord(), result.retcode());
    }
    if (!result.stdout().isEmpty()) {
      LOG.atLevel(used).log("stdout: {}", result.stdout());
    }
    if (!result.stderr().isEmpty()) {
      LOG.atLevel(used).log("stderr: {}", result.stderr());
    }
    if (result.retcode() != 0) {
      LOG.atLevel(used).log("retcode: {}", result.retcode());
    }
  }

  /** Salt finds out here that there is nothing to run, and so do we. */
  private String firstWord() {
    if (command.line instanceof List<?> list && !list.isEmpty()) {
      return PythonText.str(list.get(0)).strip();
    }
    String line = command.line instanceof List<?> ? "" : PythonText.str(command.line).strip();
    if (line.isEmpty()) {
      throw new PythonError("IndexError", "list index out of range");
    }
    return line.split("\\s+", 2)[0];
  }

  private static boolean isUnlisted(String shell) {
    try {
      return Files.exists(SHELLS) && !Files.readAllLines(SHELLS).contains(shell);
    } catch (IOException e) {
      LOG.debug("can't read {}", SHELLS, e);
      return false;
    }
  }
}

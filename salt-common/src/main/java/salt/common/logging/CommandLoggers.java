package salt.common.logging;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import salt.common.config.Options;

/**
 * The loggers of a command. They write to stderr and to the log file; until the command has read
 * its options, warnings go to stderr.
 */
public final class CommandLoggers implements ILoggerFactory {
  private final Console console;
  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private volatile List<CommandOutput> outputs;

  CommandLoggers(PrintStream stderr) {
    console = new Console(stderr);
    outputs = outputs(LogSettings.of(Options.of(Map.of())));
  }

  /**
   * Logs by these settings from now on. The log file is opened by the first line that goes there; a
   * command that has nothing to say leaves none behind, and one whose user must not write there is
   * told so on stderr and goes on.
   */
  public void start(LogSettings settings) {
    outputs = outputs(settings);
  }

  private List<CommandOutput> outputs(LogSettings settings) {
    return Stream.concat(
            Stream.of(CommandOutput.console(settings, console)),
            CommandOutput.target(settings).stream())
        .toList();
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, key -> new CommandLogger(key, this));
  }

  boolean admits(LogLevel event) {
    for (CommandOutput output : outputs) {
      if (output.admits(event)) {
        return true;
      }
    }
    return false;
  }

  void write(LogLine line, String trace) {
    for (CommandOutput output : outputs) {
      output
          .write(line, trace)
          .ifPresent(problem -> console.write(LogLevel.WARNING, "[WARNING ] " + problem));
    }
  }
}

package salt.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Help;
import salt.cli.option.OptionParser;
import salt.cli.option.OptionTable;
import salt.common.config.ConfigException;
import salt.common.config.LoadedConfig;
import salt.common.config.Options;
import salt.common.daemon.Release;
import salt.common.logging.CommandLoggers;
import salt.common.logging.LogSettings;

/**
 * One call of a program, from its command line to its exit code.
 *
 * @param <R> the program's request
 */
final class Invocation<R> {
  private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);

  private final Program<R> program;
  private final Settings settings;
  private final Terminal terminal;

  /**
   * A call of that program.
   *
   * @param settings reads the configuration and arguments
   * @param terminal where it was called
   */
  Invocation(Program<R> program, Settings settings, Terminal terminal) {
    this.program = program;
    this.settings = settings;
    this.terminal = terminal;
  }

  /** Runs it and gives its exit code. */
  int run(List<String> words, Command<R> command) {
    OptionTable table = program.table(terminal.environment());
    try {
      CommandLine line = parse(table, words);
      return answered(line) ? 0 : run(line, command);
    } catch (CommandLineError e) {
      return report(e, table);
    } catch (ConfigException e) {
      return report(CommandLineError.usage(e.getMessage()), table);
    }
  }

  /** Sets what a command logs and where; a daemon does that itself. */
  private void startLogging(Options options, List<Path> files) {
    if (LoggerFactory.getILoggerFactory() instanceof CommandLoggers loggers) {
      String file = options.text(program.logFileOption(), "");
      loggers.start(LogSettings.of(options.with("log_file", file)));
      for (Path one : files) {
        LOG.debug("Reading configuration from {}", one);
      }
    }
  }

  /** Reads its command line, whether or not all of it is supported. */
  int read(List<String> words, Consumer<R> reader) {
    OptionTable table = program.table(terminal.environment());
    try {
      CommandLine line = parse(table, words);
      if (!answered(line)) {
        reader.accept(
            program.request(line, line.over(configuration(line).options()), settings::arguments));
      }
      return 0;
    } catch (CommandLineError e) {
      return report(e, table);
    } catch (ConfigException e) {
      return report(CommandLineError.usage(e.getMessage()), table);
    }
  }

  private int run(CommandLine line, Command<R> command) {
    LoadedConfig configuration = configuration(line);
    Options options = line.over(configuration.options());
    R request = program.request(line, options, settings::arguments);
    line.refuseUnavailable();
    startLogging(options, configuration.files());
    checkUser(options);
    emptyOutputFile(line);
    return command.run(request, terminal);
  }

  /** Prints what a command line asks for instead of the program's work; whether it does. */
  private boolean answered(CommandLine line) {
    OptionTable table = line.table();
    if (line.request() == CommandLine.Request.VERSION) {
      terminal.out().println(table.program() + " " + Release.SALT + " (" + Release.NAME + ")");
    } else if (line.request() == CommandLine.Request.HELP) {
      terminal.out().print(Help.of(table));
    } else if (line.flag("versions_report")) {
      terminal.out().print(VersionsReport.of(Versions.load()));
    } else if (line.flag("config_dump")) {
      applyPresets(line);
      terminal.out().print(settings.dump(program.configurationDirectory(line, terminal)));
    } else {
      return false;
    }
    return true;
  }

  private CommandLine parse(OptionTable table, List<String> words) {
    CommandLine line = new OptionParser(table).parse(words);
    if (line.flag("args_stdin")) {
      line.add(new OptionParser(table).parse(linesOfInput()));
    }
    return line;
  }

  private List<String> linesOfInput() {
    // Not closed: standard input belongs to the caller.
    return new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
        .lines()
        .toList();
  }

  private LoadedConfig configuration(CommandLine line) {
    applyPresets(line);
    Path directory = program.configurationDirectory(line, terminal);
    if (!Files.isDirectory(directory)) {
      terminal.err().println("WARNING: CONFIG '" + directory + "' directory does not exist.");
    }
    line.replace("config_dir", directory.toString());
    LoadedConfig configuration = settings.read(program.configuration(), directory);
    program.check(line);
    return configuration;
  }

  /** Gives the options of the Saltfile that the command line left at their initial values. */
  private void applyPresets(CommandLine line) {
    Object named = line.value("saltfile");
    Map<String, Object> presets = settings.presets(named == null ? null : named.toString());
    for (Map.Entry<String, Object> preset : presets.entrySet()) {
      if (line.isInitial(preset.getKey())) {
        line.give(preset.getKey(), preset.getValue());
      }
    }
  }

  /** Changing the user is up to the launcher, which can only do it for root. */
  private void checkUser(Options options) {
    String user = options.text("user", terminal.surroundings().user());
    if (program.runsAsConfiguredUser() && !user.equals(terminal.surroundings().user())) {
      throw CommandLineError.noUser(
          "Salt configured to run as user \"" + user + "\" but unable to switch.");
    }
  }

  /** Output is appended, so what a file has from an earlier command goes first. */
  private void emptyOutputFile(CommandLine line) {
    Path file = terminal.resolve(line.text("output_file"));
    if (line.text("output_file").isEmpty()
        || line.flag("output_file_append")
        || !Files.isRegularFile(file)) {
      return;
    }
    try {
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw CommandLineError.usage(file + ": Access denied: " + e);
    }
  }

  private int report(CommandLineError error, OptionTable table) {
    if (error.helpFirst()) {
      terminal.out().print(Help.of(table));
    }
    if (error.exitCode() == CommandLineError.USAGE) {
      terminal.err().print(table.usageLine() + "\n\n" + table.program() + ": error: ");
      terminal.err().println(error.getMessage());
    } else {
      terminal.err().print(error.getMessage());
    }
    return error.exitCode();
  }
}

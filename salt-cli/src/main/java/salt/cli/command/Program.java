package salt.cli.command;

import java.nio.file.Path;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.OptionTable;
import salt.common.config.Options;

/**
 * The form of one program's command lines.
 *
 * @param <R> what they are read into
 */
interface Program<R> {
  /** Which configuration a program works by. */
  enum Configuration {
    /** The master's file, with the caller's own {@code .saltrc}. */
    CLIENT,
    /** The master's file. */
    MASTER,
    /** The minion's file, for a command. */
    CALLER,
    /** The master's file, every doubt reported. */
    MASTER_DAEMON,
    /** The minion's file, every doubt reported. */
    MINION_DAEMON
  }

  /**
   * The options it takes.
   *
   * @param environment the environment variables; some set defaults
   */
  OptionTable table(Map<String, String> environment);

  /** The configuration it works by. */
  Configuration configuration();

  /** Whether it runs as the user of the option {@code user}. */
  default boolean runsAsConfiguredUser() {
    return true;
  }

  /** The option with the path of the log file. */
  default String logFileOption() {
    return "log_file";
  }

  /** The directory of the configuration. */
  default Path configurationDirectory(CommandLine line, Terminal terminal) {
    return terminal.resolve(line.text("config_dir"));
  }

  /**
   * Checks values and turns them into what they mean, before the configuration is read.
   *
   * @throws CommandLineError when one is wrong
   */
  default void check(CommandLine line) {}

  /**
   * The request of a command line.
   *
   * @param line the command line, its options those given or their initial values
   * @param options the configuration with the options given
   * @param reader reads arguments of functions
   * @throws CommandLineError when it lacks something or asks for too much
   */
  R request(CommandLine line, Options options, ArgumentReader reader);
}

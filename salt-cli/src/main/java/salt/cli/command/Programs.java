package salt.cli.command;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import salt.common.config.Options;
import salt.common.transport.Transport;
import salt.master.Master;
import salt.minion.Minion;
import salt.minion.grain.Grains;

/**
 * The programs of the distribution.
 *
 * <p>A program starts in half the time when nothing of the others is loaded, and no lambda
 * expression is met before its command line is read; hence no table of them.
 */
final class Programs {
  private static final List<String> NAMES =
      List.of("salt-master", "salt", "salt-cp", "salt-call", "salt-key", "salt-run", "salt-minion");

  private final Supplier<Transport> transports;

  /** Programs of which those that ask the master reach it by a transport of their own each. */
  Programs(Supplier<Transport> transports) {
    this.transports = transports;
  }

  /** Their names. */
  static List<String> names() {
    return NAMES;
  }

  /**
   * Runs one of them.
   *
   * @param name its name
   * @param words its command line
   * @return its exit code
   */
  int run(String name, List<String> words, Terminal terminal) {
    return switch (name) {
      case "salt-master" -> run(DaemonProgram.master(), master(), words, terminal);
      case "salt" -> run(new SaltProgram(), new SaltCommand(transports), words, terminal);
      case "salt-cp" -> run(new CopyProgram(), new CopyCommand(transports), words, terminal);
      case "salt-call" -> run(new CallProgram(), new CallCommand(), words, terminal);
      case "salt-key" -> run(new KeyProgram(), new KeyCommand(Clock.systemUTC()), words, terminal);
      case "salt-run" -> run(new RunProgram(), new RunCommand(Clock.systemUTC()), words, terminal);
      case "salt-minion" -> run(DaemonProgram.minion(), minion(), words, terminal);
      default -> throw new IllegalArgumentException("no program " + name + " among " + NAMES);
    };
  }

  private static <R> int run(
      Program<R> program, Command<R> command, List<String> words, Terminal terminal) {
    Settings settings = new FileSettings(terminal.surroundings(), terminal.err());
    return new Invocation<>(program, settings, terminal).run(words, command);
  }

  private static Command<DaemonRequest> master() {
    return new DaemonCommand(
        "salt-master",
        (options, transport) ->
            new DaemonCommand.Daemon(
                Master.start(
                    options, transport, System.getProperty("user.name"), Clock.systemUTC()),
                new CompletableFuture<>()));
  }

  private static Command<DaemonRequest> minion() {
    return new DaemonCommand("salt-minion", Programs::minion);
  }

  private static DaemonCommand.Daemon minion(Options options, Transport transport) {
    Grains grains = new Grains(options);
    Minion minion =
        Minion.start(options, transport, grains::collect, Clock.system(ZoneId.systemDefault()));
    return new DaemonCommand.Daemon(minion, minion.end());
  }
}

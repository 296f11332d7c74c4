package salt.cli.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import salt.common.config.Options;
import salt.common.config.Surroundings;
import salt.common.transport.Transport;
import salt.common.transport.ZeroMqTransport;
import salt.master.Master;
import salt.minion.Minion;
import salt.minion.grain.Grains;

/** Starts the program named by the first argument; the launchers in {@code bin} call it. */
public final class Main {
  private Main() {}

  /** Runs a program and ends with its exit code. */
  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    String program = words.get(0);
    Terminal terminal =
        new Terminal(
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            Boolean.getBoolean("salt.terminal"),
            Surroundings.ofThisProcess(program));
    System.exit(run(program, words.subList(1, words.size()), terminal));
  }

  private static int run(String program, List<String> words, Terminal terminal) {
    try {
      return programs().run(program, words, terminal);
    } catch (RuntimeException e) {
      if (words.contains("--hard-crash")) {
        throw e;
      }
      terminal.err().println(program + ": error: " + e + " (--hard-crash shows where)");
      return 1;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /** The programs of the distribution. */
  static Programs programs() {
    return new Programs()
        .with(
            "salt-master",
            DaemonProgram.master(),
            new DaemonCommand(
                "salt-master",
                (options, transport) ->
                    new DaemonCommand.Daemon(
                        Master.start(
                            options, transport, System.getProperty("user.name"), Clock.systemUTC()),
                        new CompletableFuture<>())))
        .with("salt", new SaltProgram(), new SaltCommand(ZeroMqTransport::new))
        .with("salt-cp", new CopyProgram(), new CopyCommand(ZeroMqTransport::new))
        .with("salt-call", new CallProgram(), new CallCommand())
        .with("salt-key", new KeyProgram(), new KeyCommand(Clock.systemUTC()))
        .with("salt-run", new RunProgram(), new RunCommand(Clock.systemUTC()))
        .with(
            "salt-minion", DaemonProgram.minion(), new DaemonCommand("salt-minion", Main::minion));
  }

  private static DaemonCommand.Daemon minion(Options options, Transport transport) {
    Grains grains = new Grains(options);
    Minion minion =
        Minion.start(options, transport, grains::collect, Clock.system(ZoneId.systemDefault()));
    return new DaemonCommand.Daemon(minion, minion.end());
  }

  /** Standard streams in UTF-8, whatever the locale; Java's own would follow it. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }
}

package salt.cli.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import salt.common.config.Surroundings;
import salt.common.transport.Transport;
import salt.common.transport.ZeroMqTransport;

/** Starts the program named by the first argument; the launchers in {@code bin} call it. */
public final class Main {
  private Main() {}

  /** Runs a program and ends with its exit code. */
  public static void main(String[] arguments) {
    LaunchNote.check();
    List<String> words = Arrays.asList(arguments);
    String program = words.get(0);
    Terminal terminal =
        new Terminal(
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            Boolean.getBoolean("salt.terminal"),
            Surroundings.ofThisProcess(program));
    int code = run(program, words.subList(1, words.size()), terminal);
    // Since version 21 Java looks for a logger in every jar before it exits; to return is as good.
    if (code != 0 || othersRun()) {
      System.exit(code);
    }
  }

  /** Whether there are threads that would keep the process from ending. */
  private static boolean othersRun() {
    Thread[] threads = new Thread[Thread.activeCount() + 1];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (!threads[i].isDaemon() && threads[i] != Thread.currentThread()) {
        return true;
      }
    }
    return count == threads.length;
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

  /** The programs, on ZeroMQ. */
  static Programs programs() {
    return new Programs(new ZeroMq());
  }

  /** Not a lambda expression, which would cost each program some milliseconds at its start. */
  private static final class ZeroMq implements Supplier<Transport> {
    @Override
    public Transport get() {
      return new ZeroMqTransport();
    }
  }

  /** Standard streams in UTF-8, whatever the locale; Java's own would follow it. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }
}

package salt.cli.command;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import salt.cli.client.LocalClient;

/**
 * Ends a command that waits for minions as real Salt does when it is interrupted: says how to find
 * what they return later, and exits with 0 where a JVM would with 130.
 */
final class Interruption implements AutoCloseable {
  private final PrintStream err;
  private final AtomicReference<String> jid = new AtomicReference<>("");
  private final Thread hook = new Thread(this::end, "interruption");

  private Interruption(PrintStream err) {
    this.err = err;
  }

  /** Listens for signals from now on; {@code err} takes the words. */
  static Interruption install(PrintStream err) {
    Interruption interruption = new Interruption(err);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** What is waited for now. */
  void waitingFor(String job) {
    jid.set(job);
  }

  private void end() {
    err.println(words(jid.get()));
    err.flush();
    Runtime.getRuntime().halt(0);
  }

  static String words(String jid) {
    String words = "\nExiting gracefully on Ctrl-c";
    return jid.isEmpty()
        ? words
        : words + "\nThis job's jid is: " + jid + "\n" + LocalClient.lookUp(jid);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is running and ends the process with its own words.
      waitingFor(jid.get());
    }
  }
}

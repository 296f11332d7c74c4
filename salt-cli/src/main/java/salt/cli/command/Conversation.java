package salt.cli.command;

import java.io.PrintStream;
import salt.cli.client.LocalClient;
import salt.cli.client.PublishFailure;

/**
 * What a command talks with: the master, and the operator.
 *
 * @param client the master
 * @param interruption told what is waited for
 * @param terminal the operator
 */
record Conversation(LocalClient client, Interruption interruption, Terminal terminal) {
  PrintStream out() {
    return terminal.out();
  }

  PrintStream err() {
    return terminal.err();
  }

  /** Says what is probably wrong, beyond the words of real Salt. */
  void explain(PublishFailure failure) {
    failure.probableCause().ifPresent(cause -> err().println("hint: " + cause));
  }
}

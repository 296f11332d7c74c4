package salt.cli.command;

import java.io.IOException;

/** Stand-in. */
final class BatchRun {
  BatchRun(SaltRequest request, Conversation conversation, ReturnDisplay display) {}

  int run() throws IOException, InterruptedException {
    return 0;
  }
}

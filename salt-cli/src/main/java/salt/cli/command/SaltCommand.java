package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import salt.cli.client.LocalClient;
import salt.cli.client.PublishFailure;
import salt.common.config.Options;
import salt.common.transport.Transport;

/** {@code salt}: runs a function on minions and prints what they return. */
final class SaltCommand implements Command<SaltRequest> {
  private static final long DEFAULT_TIMEOUT = 5;
  private static final int FAILED = 1;

  private final Supplier<Transport> transports;

  /** Reaches the master by a transport of its own for each call. */
  SaltCommand(Supplier<Transport> transports) {
    this.transports = transports;
  }

  @Override
  public int run(SaltRequest request, Terminal terminal) {
    Options given = request.options();
    Options options = given.integer("timeout") > 0 ? given : given.with("timeout", DEFAULT_TIMEOUT);
    SaltRequest timed =
        new SaltRequest(
            request.target(), request.targetType(), request.fun(), request.arg(), options);
    try (Transport transport = transports.get();
        LocalClient client =
            new LocalClient(
                options, transport, terminal.surroundings().user(), terminal.environment());
        Interruption interruption = Interruption.install(terminal.err())) {
      ReturnDisplay display = new ReturnDisplay(timed, terminal);
      return run(timed, new Conversation(client, interruption, terminal), display);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int run(SaltRequest request, Conversation conversation, ReturnDisplay display)
      throws IOException, InterruptedException {
    Options options = request.options();
    boolean batch = !options.text("batch", "").isEmpty();
    if (batch || options.flag("static") || options.flag("async")) {
      try {
        return batch || options.flag("static")
            ? new BatchRun(request, conversation, display).run()
            : new JobRun(request, conversation, display).start();
      } catch (PublishFailure e) {
        // Here real Salt shows a stack trace.
        conversation.err().println(e.getMessage());
        conversation.explain(e);
        return FAILED;
      }
    }
    return new JobRun(request, conversation, display).run();
  }
}

package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import salt.cli.client.LocalClient;
import salt.cli.client.PublishFailure;
import salt.cli.output.Display;
import salt.cli.output.OutputOptions;
import salt.common.config.Options;
import salt.common.transport.Transport;

/** {@code salt-cp}: writes files of this machine to minions. */
final class CopyCommand implements Command<CopyRequest> {
  private static final int FAILED = 1;
  private static final int MISSING = 42;

  private final Supplier<Transport> transports;

  /** Reaches the master by a transport of its own for each call. */
  CopyCommand(Supplier<Transport> transports) {
    this.transports = transports;
  }

  @Override
  public int run(CopyRequest request, Terminal terminal) {
    Options options = request.options();
    try (Transport transport = transports.get();
        LocalClient client =
            new LocalClient(
                options, transport, terminal.surroundings().user(), terminal.environment());
        Interruption interruption = Interruption.install(terminal.err())) {
      Conversation conversation = new Conversation(client, interruption, terminal);
      return run(request, new CopyJobs(request, conversation), conversation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int run(CopyRequest request, CopyJobs jobs, Conversation conversation)
      throws InterruptedException {
    try {
      Object result =
          request.options().flag("chunked")
              ? new ChunkedCopy(request, jobs).run()
              : jobs.run("cp.recv", List.of(texts(request), request.destination()));
      display(request, conversation.terminal()).show(null, result);
      return 0;
    } catch (SourceProblem e) {
      (e.exitCode() == MISSING ? conversation.err() : conversation.out()).println(e.getMessage());
      return e.exitCode();
    } catch (PublishFailure e) {
      conversation.err().println(e.getMessage());
      conversation.explain(e);
      return FAILED;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy: " + e, e);
    }
  }

  private static Display display(CopyRequest request, Terminal terminal) {
    Map<String, Object> options = new LinkedHashMap<>(request.options().asMap());
    if (options.get("output_file") instanceof String file && !file.isEmpty()) {
      options.put("output_file", terminal.resolve(file).toString());
    }
    return new Display(OutputOptions.of(options, terminal.interactive()), terminal.out());
  }

  /** The files that go in one message. One that does not exist is left out, as in real Salt. */
  private static Map<String, Object> texts(CopyRequest request) throws IOException {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (Path source : request.sources()) {
      if (Files.isDirectory(source)) {
        throw new SourceProblem(
            source
                + " is a directory, only files are supported in non-chunked mode. Use \"--chunked\""
                + " command line argument.",
            FAILED);
      } else if (Files.isRegularFile(source)) {
        texts.put(source.toString(), text(source));
      }
    }
    return texts;
  }

  private static String text(Path source) throws IOException {
    try {
      return Files.readString(source);
    } catch (CharacterCodingException e) {
      throw new SourceProblem(source + " is not text in UTF-8: use --chunked.", FAILED);
    }
  }
}

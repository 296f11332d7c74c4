package salt.cli.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.common.job.Arguments;
import salt.common.payload.Json;

/** A runner that goes on in a process of its own after its {@code salt-run} has ended. */
final class DetachedRun {
  private static final Path NEW_SESSION = Path.of("/usr/bin/setsid");

  private final FunctionRequest request;
  private final Terminal terminal;

  DetachedRun(FunctionRequest request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /**
   * Starts the process. The arguments go to its standard input, not to its command line, as they
   * may be secret.
   */
  void start(String jid) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NEW_SESSION)) {
      command.add(NEW_SESSION.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("salt-run", "-c", request.options().text("config_dir")));
    command.addAll(List.of("--jid", jid, "--quiet", "--args-stdin", request.fun()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(terminal.surroundings().workingDirectory().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(new File("/dev/null")));
    builder.environment().keySet().retainAll(terminal.environment().keySet());
    try {
      Process process = builder.start();
      try (Writer words = process.outputWriter(StandardCharsets.UTF_8)) {
        words.write(words(Arguments.ofPublication(request.arg())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process for the runner: " + e, e);
    }
  }

  /** One argument a line: JSON is YAML, as which arguments are read. */
  private static String words(Arguments arguments) {
    StringBuilder lines = new StringBuilder();
    arguments.positional().forEach(value -> lines.append(word(value)).append('\n'));
    for (Map.Entry<String, Object> named : arguments.keyword().entrySet()) {
      lines.append(named.getKey()).append('=').append(word(named.getValue())).append('\n');
    }
    return lines.toString();
  }

  private static String word(Object value) {
    return value instanceof String text && isPlain(text) ? text : Json.write(value);
  }

  /** Text that means itself on a command line. */
  private static boolean isPlain(String text) {
    return text.matches("[\\p{L}*][\\p{L}\\p{N}*_./-]*")
        && !text.matches("(?i)true|false|yes|no|on|off|null|none|y|n");
  }
}

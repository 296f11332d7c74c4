package salt.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.config.Surroundings;

/** Someone who calls programs from a directory that is also the home and the configuration. */
final class Caller {
  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String input = "";

  Caller(Path directory) {
    this.directory = directory;
    environment.put("SALT_CONFIG_DIR", directory.toString());
    write("master", "root_dir: " + directory + "\n");
    write("minion", "root_dir: " + directory + "\nid: web1\n");
  }

  /** What came of a call; the request is null when there was none. */
  record Outcome<R>(int exit, String out, String err, R request) {}

  Caller write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Caller variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Caller types(String text) {
    input = text;
    return this;
  }

  /** Runs a program up to its request. */
  <R> Outcome<R> run(Program<R> program, String... words) {
    return call(program, true, List.of(words));
  }

  /** Reads a program's command line, also of options that are not supported. */
  <R> Outcome<R> read(Program<R> program, List<String> words) {
    return call(program, false, words);
  }

  private <R> Outcome<R> call(Program<R> program, boolean run, List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings here = Surroundings.ofThisProcess("test");
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            new Surroundings(
                program.table(Map.of()).program(),
                environment,
                here.user(),
                directory,
                directory,
                here.hostNames()));
    Settings settings = new FileSettings(terminal.surroundings(), terminal.err());
    Invocation<R> invocation = new Invocation<>(program, settings, terminal);
    List<R> requests = new ArrayList<>();
    int exit =
        run
            ? invocation.run(
                words,
                (request, where) -> {
                  requests.add(request);
                  return 0;
                })
            : invocation.read(words, requests::add);
    return new Outcome<>(
        exit,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        requests.isEmpty() ? null : requests.get(0));
  }
}

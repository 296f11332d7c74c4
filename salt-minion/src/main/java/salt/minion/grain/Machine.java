package salt.minion.grain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What is read of the machine.
 *
 * @param root below which its files lie
 * @param environment the variables of this process
 */
record Machine(Path root, Map<String, String> environment) {
  private static final long PATIENCE_SECONDS = 5;

  Path path(String name) {
    return root.resolve(name.substring(1));
  }

  boolean exists(String name) {
    return Files.exists(path(name));
  }

  /** The content of a file without blanks around it; empty when it can't be read. */
  Optional<String> text(String name) {
    try {
      return Optional.of(
          new String(Files.readAllBytes(path(name)), StandardCharsets.UTF_8).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The lines of a file; none when it can't be read. */
  List<String> lines(String name) {
    return text(name).map(content -> content.lines().toList()).orElse(List.of());
  }

  /** The names in a directory, sorted; none when it can't be read. */
  List<String> names(String directory) {
    try (Stream<Path> entries = Files.list(path(directory))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Where a link leads; empty when it is none. */
  Optional<String> target(String link) {
    try {
      return Optional.of(Files.readSymbolicLink(path(link)).toString());
    } catch (IOException | UnsupportedOperationException noLink) {
      return Optional.empty();
    }
  }

  /** Where a program lies; empty when it is not on the path. */
  Optional<Path> program(String name) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> path(folder).resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What a program prints; empty when it is not there, fails or takes too long. */
  Optional<String> output(String program, String... arguments) {
    return program(program).flatMap(path -> run(path, arguments));
  }

  private static Optional<String> run(Path program, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
      } finally {
        process.destroy();
      }
    } catch (IOException failed) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

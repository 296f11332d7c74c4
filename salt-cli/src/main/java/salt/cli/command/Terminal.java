package salt.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Surroundings;

/**
 * Where a program was called.
 *
 * @param in standard input
 * @param out standard output, in UTF-8
 * @param err standard error, in UTF-8
 * @param interactive whether standard output is a terminal, which can show colours
 * @param surroundings environment, user and directories
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Surroundings surroundings) {

  /** The environment variables. */
  public Map<String, String> environment() {
    return surroundings.environment();
  }

  /** A path as the caller means it: {@code ~} is the home, the rest is seen from the directory. */
  public Path resolve(String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      return surroundings.home().resolve(path.equals("~") ? "" : path.substring(2)).normalize();
    }
    return surroundings.workingDirectory().resolve(path).normalize();
  }

  /** The next line of standard input without its end; nothing at the end of the input. */
  public Optional<String> readLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      // One byte at a time, as what follows the line may be for others.
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      for (; next >= 0 && next != '\n'; next = in.read()) {
        line.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer: " + e, e);
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}

package salt.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import salt.common.config.Surroundings;

/**
 * Where a program was called.
 *
 * @param in standard input
 * @param out standard output, in UTF-8
 * @param err standard error, in UTF-8
 * @param surroundings environment, user and directories
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, Surroundings surroundings) {

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
}

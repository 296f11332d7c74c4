package salt.common.config;

import java.nio.file.Path;

/**
 * Something wrong or doubtful in the configuration.
 *
 * @param fatal whether a daemon must not start with it; others are warnings
 * @param file the file that holds it; null when it comes from no file
 * @param line the line in that file, from 1; 0 when unknown
 * @param message what is wrong and what was expected, in one sentence without the place; secrets
 *     are never quoted
 */
public record Problem(boolean fatal, Path file, int line, String message) {

  /** The sentence behind its place. */
  @Override
  public String toString() {
    if (file == null) {
      return message;
    }
    return file + (line > 0 ? " line " + line : "") + ": " + message;
  }
}

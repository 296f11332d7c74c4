package salt.common.jinja;

import java.time.Duration;
import salt.common.loader.PythonError;

/**
 * What one rendering may use at most, so that a template can't hold a daemon.
 *
 * @param text the most characters of the result, or of any text on the way
 * @param depth the most calls of macros, includes and loops within each other
 * @param time how long it may take
 */
public record Limits(int text, int depth, Duration time) {
  /** 20 million characters, 200 levels, five minutes. */
  public static final Limits STANDARD = new Limits(20_000_000, 200, Duration.ofMinutes(5));

  void checkText(int length) {
    if (length > text) {
      throw new PythonError(
          "MemoryError", "the text is longer than the " + text + " characters it may have");
    }
  }

  void checkDepth(int levels) {
    if (levels > depth) {
      throw new PythonError("RecursionError", "maximum recursion depth exceeded");
    }
  }
}

package salt.common.logging;

import java.io.Closeable;
import java.io.IOException;

/** Where finished lines go. */
interface LogTarget extends Closeable {
  /**
   * Writes one line.
   *
   * @param line without a line end; a stack trace makes it several lines
   */
  void write(LogLevel level, String line) throws IOException;
}

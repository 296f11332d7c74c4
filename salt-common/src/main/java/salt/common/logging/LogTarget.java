package salt.common.logging;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Where finished lines go. */
interface LogTarget extends Closeable {
  /**
   * Writes one line.
   *
   * @param line without a line end; a stack trace makes it several lines
   */
  void write(LogLevel level, String line) throws IOException;

  /**
   * Opens a target by its name in {@code log_file}.
   *
   * @param name a file's path or a syslog address
   */
  static LogTarget open(String name) throws IOException {
    return Syslog.isAddress(name) ? Syslog.open(name) : new LogFile(Path.of(name));
  }
}

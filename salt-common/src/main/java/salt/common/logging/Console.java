package salt.common.logging;

import java.io.PrintStream;

/** Standard error as a target of lines. */
record Console(PrintStream stream) implements LogTarget {
  @Override
  public void write(LogLevel level, String line) {
    stream.println(line);
    stream.flush();
  }

  @Override
  public void close() {
    stream.flush();
  }
}

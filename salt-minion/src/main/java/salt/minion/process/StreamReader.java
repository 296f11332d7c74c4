package salt.minion.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;

/**
 * Reads one output of a process to its end, on a thread of its own.
 *
 * <p>When the process ends, the JDK closes our end of the pipe, whoever else may still write: a
 * child that the process left behind would lose its output. It needs the stream's monitor for that,
 * so the reader holds it until the true end. That it gets the monitor before the JDK does is the
 * matter of {@link #handOver}: whoever starts the process takes the monitors at once, and lets go
 * when the readers stand in line for them.
 */
final class StreamReader implements Callable<Void> {
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final InputStream stream;
  private final BoundedOutput output;
  private volatile Thread thread;

  StreamReader(InputStream stream, BoundedOutput output) {
    this.stream = stream;
    this.output = output;
  }

  /** Starts the readers of both outputs of a process, as described above. */
  static void handOver(StreamReader stdout, StreamReader stderr, Runnable start) {
    synchronized (stdout.stream) {
      synchronized (stderr.stream) {
        start.run();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!(stdout.inLine() && stderr.inLine()) && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private boolean inLine() {
    Thread reader = thread;
    return reader != null && reader.getState() == Thread.State.BLOCKED;
  }

  @Override
  public Void call() throws IOException {
    thread = Thread.currentThread();
    synchronized (stream) {
      output.readFrom(stream);
    }
    return null;
  }
}

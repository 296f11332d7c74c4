package salt.common.daemon;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Things to be closed together, the last one opened first. All are closed even when some fail; the
 * first failure is thrown, with the others suppressed in it.
 */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /**
   * Keeps {@code resource} until the end and hands it back.
   *
   * @throws IllegalStateException when these resources have been closed; {@code resource} is closed
   *     then as well
   */
  public <T extends AutoCloseable> T add(T resource) {
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        open.push(resource);
      }
    }
    if (late) {
      IllegalStateException failure = new IllegalStateException("opened after the end");
      close(resource, failure);
      throw failure;
    }
    return resource;
  }

  private static void close(AutoCloseable resource, Exception failure) {
    try {
      resource.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private synchronized AutoCloseable next() {
    closed = true;
    return open.poll();
  }

  /** Closes everything, once; what fails with a checked exception is wrapped. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (AutoCloseable resource = next(); resource != null; resource = next()) {
      try {
        resource.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = e instanceof RuntimeException plain ? plain : new CloseException(e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** A resource failed to close with a checked exception, which is the cause. */
  public static final class CloseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CloseException(Exception cause) {
      super("closing failed: " + cause.getMessage(), cause);
    }
  }
}

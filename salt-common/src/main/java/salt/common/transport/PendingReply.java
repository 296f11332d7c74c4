package salt.common.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import salt.common.transport.Transport.Address;

/** A request whose caller waits; equal only to itself. */
final class PendingReply {
  private final CompletableFuture<byte[]> reply = new CompletableFuture<>();
  private final Address server;

  PendingReply(Address server) {
    this.server = server;
  }

  /** Hands the reply to the caller; false when the caller no longer waits. */
  boolean complete(byte[] body) {
    return reply.complete(body);
  }

  /** Ends the waiting with a failure, if it has not ended yet. */
  void fail(TransportException failure) {
    reply.completeExceptionally(failure);
  }

  boolean isDone() {
    return reply.isDone();
  }

  /**
   * Waits for the reply.
   *
   * @throws TransportException when it does not come in time or the request has failed
   */
  byte[] await(Duration timeout) {
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TransportException(
          "no reply from " + server + " within " + seconds(timeout) + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while waiting for " + server, e);
    } catch (ExecutionException e) {
      throw new TransportException(e.getCause().getMessage(), e.getCause());
    } finally {
      reply.cancel(false);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? String.valueOf(duration.toSeconds())
        : String.valueOf(duration.toMillis() / 1000.0);
  }
}

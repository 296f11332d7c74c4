package salt.common.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Connections kept for later requests: at most {@value #MOST} of them and not longer than {@link
 * #LIMIT}, since each takes some memory of the server. While there are any, a thread waits to close
 * them.
 */
final class IdleConnections implements AutoCloseable {
  private static final int MOST = 4;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Kept(ZmtpConnection connection, long until) {}

  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean sweeping;
  private boolean closed;

  /** Takes one that leads there and is up; null when there is none. */
  synchronized ZmtpConnection take(InetSocketAddress server) {
    while (!kept.isEmpty()) {
      ZmtpConnection connection = kept.removeFirst().connection();
      if (connection.server().equals(server) && connection.isIdle()) {
        return connection;
      }
      connection.close();
    }
    return null;
  }

  /** Keeps a connection, or closes it when there are enough. */
  synchronized void keep(ZmtpConnection connection) {
    if (closed || kept.size() >= MOST) {
      connection.close();
      return;
    }
    kept.addFirst(new Kept(connection, System.nanoTime() + LIMIT.toNanos()));
    if (!sweeping) {
      sweeping = true;
      Thread sweeper = new Thread(this::sweep, "idle-requests");
      sweeper.setDaemon(true);
      sweeper.start();
    }
  }

  private synchronized void sweep() {
    try {
      while (!kept.isEmpty()) {
        long left = kept.peekLast().until() - System.nanoTime();
        if (left <= 0) {
          kept.removeLast().connection().close();
        } else {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      }
    } catch (InterruptedException e) {
      // Nobody does that; what is kept is closed with the client.
      Thread.currentThread().interrupt();
    } finally {
      sweeping = false;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Kept one : kept) {
      one.connection().close();
    }
    kept.clear();
    notifyAll();
  }
}

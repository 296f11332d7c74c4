package salt.common.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import salt.common.transport.Transport.Address;

/**
 * A client of a request port. Each request travels on a connection of its own, in the thread that
 * asks; as long as the server cannot be reached it is tried again, until the time is up.
 *
 * <p>A connection that has brought its reply is kept for later requests. One that has not is
 * closed, as a late reply must not answer a later request.
 */
final class ZeroMqRequestClient implements Transport.RequestClient {
  /** How soon an unreachable port is tried again, and the longest pause, both as real Salt. */
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

  /** How long a handshake may take before a new connection is tried. */
  private static final long NEAR_HANDSHAKE = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long FAR_HANDSHAKE = TimeUnit.SECONDS.toNanos(5);

  private final Address server;
  private final SocketOptions options;
  private final Resolver resolver;
  private final IdleConnections idle = new IdleConnections();
  private final Set<ZmtpConnection> busy = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  ZeroMqRequestClient(Address server, SocketOptions options, Resolver resolver) {
    this.server = server;
    this.options = options;
    this.resolver = resolver;
  }

  @Override
  public byte[] request(byte[] body, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      return ask(connection(deadline, timeout), body, deadline, timeout);
    } catch (InterruptedIOException e) {
      throw failed(new TransportException("interrupted while waiting for " + server, e));
    } catch (TransportException e) {
      throw failed(e);
    }
  }

  private TransportException failed(TransportException failure) {
    failures.incrementAndGet();
    return failure;
  }

  private byte[] ask(ZmtpConnection connection, byte[] body, long deadline, Duration timeout)
      throws InterruptedIOException {
    boolean answered = false;
    try {
      byte[] reply = connection.request(body, deadline);
      answered = true;
      return reply;
    } catch (SocketTimeoutException e) {
      throw silent(timeout, e);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (ProtocolException e) {
      throw new TransportException(e.getMessage(), e);
    } catch (IOException e) {
      throw isClosed()
          ? closed()
          : new TransportException(
              "the connection to " + server + " was lost before the reply came", e);
    } finally {
      busy.remove(connection);
      if (answered) {
        idle.keep(connection);
      } else {
        connection.close();
      }
    }
  }

  /** A connection that is up, registered as busy. */
  private ZmtpConnection connection(long deadline, Duration timeout) throws InterruptedIOException {
    InetSocketAddress address = address();
    ZmtpConnection kept = idle.take(address);
    if (kept != null) {
      return begin(kept);
    }
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        return opened(address, deadline);
      } catch (SocketTimeoutException e) {
        if (System.nanoTime() >= deadline) {
          throw silent(timeout, e);
        }
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        pause(Math.min(pause, deadline - System.nanoTime()));
        if (System.nanoTime() >= deadline) {
          throw silent(timeout, e);
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  private ZmtpConnection opened(InetSocketAddress address, long deadline) throws IOException {
    boolean near = address.getAddress().isLoopbackAddress();
    long limit = System.nanoTime() + (near ? NEAR_HANDSHAKE : FAR_HANDSHAKE);
    ZmtpConnection connection = begin(new ZmtpConnection(address, options));
    boolean up = false;
    try {
      connection.open(limit - deadline < 0 ? limit : deadline);
      up = true;
      return connection;
    } finally {
      if (!up) {
        busy.remove(connection);
        connection.close();
      }
    }
  }

  /** Either this sees the mark of a close, or the close sees the connection. */
  private ZmtpConnection begin(ZmtpConnection connection) {
    busy.add(connection);
    if (isClosed()) {
      connection.close();
      throw closed();
    }
    return connection;
  }

  private void pause(long nanos) throws InterruptedIOException {
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        throw closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** A name with several addresses gets another one tried after each failure. */
  private InetSocketAddress address() {
    List<InetAddress> addresses = resolver.usable(server.host(), options.ipv6());
    int next = Math.floorMod(failures.get(), addresses.size());
    return new InetSocketAddress(addresses.get(next), server.port());
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private TransportException closed() {
    return new TransportException("the client of " + server + " is closed");
  }

  private TransportException silent(Duration timeout, IOException cause) {
    String seconds =
        timeout.toMillis() % 1000 == 0
            ? String.valueOf(timeout.toSeconds())
            : String.valueOf(timeout.toMillis() / 1000.0);
    return new TransportException(
        "no reply from " + server + " within " + seconds + " seconds", cause);
  }

  @Override
  public void close() {
    closed.countDown();
    idle.close();
    for (ZmtpConnection connection : busy) {
      connection.close();
    }
  }
}

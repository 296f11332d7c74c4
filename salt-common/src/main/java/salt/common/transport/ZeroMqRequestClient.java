package salt.common.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import salt.common.transport.Transport.Address;
import zmq.Msg;

/**
 * A client of a request port. One thread owns a REQ socket for each request in flight; the calling
 * threads only wait.
 *
 * <p>A socket that has brought its reply is kept for later requests, at most {@value #IDLE_KEPT} of
 * them and not longer than {@link #IDLE_LIMIT}; one that has not is closed, as a late reply must
 * not answer a later request.
 */
final class ZeroMqRequestClient implements Transport.RequestClient {
  private static final Logger LOG = LoggerFactory.getLogger(ZeroMqRequestClient.class);
  private static final int IDLE_KEPT = 4;
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  /** How soon an unreachable port is tried again, and the longest pause, both as real Salt. */
  private static final int RECONNECT_MILLIS = 100;

  private static final int RECONNECT_MOST_MILLIS = 5000;

  private static final int WATCHED =
      zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL | zmq.ZMQ.ZMQ_EVENT_DISCONNECTED;

  private final ZeroMqContext context;
  private final Address server;
  private final SocketOptions options;
  private final Resolver resolver;
  private final SocketLoop loop;
  private final Set<PendingReply> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean sweeping;
  private volatile boolean closed;

  ZeroMqRequestClient(
      ZeroMqContext context, Address server, SocketOptions options, Resolver resolver) {
    this.context = context;
    this.server = server;
    this.options = options;
    this.resolver = resolver;
    loop = context.loop("zmq-client", this::failWaiting);
  }

  @Override
  public byte[] request(byte[] body, Duration timeout) {
    PendingReply reply = new PendingReply(server);
    waiting.add(reply);
    try {
      String endpoint = endpoint();
      loop.execute(() -> begin(endpoint, body, reply));
      // Either this sees the mark of a close, or the close sees what waits.
      if (closed) {
        throw closed();
      }
      return reply.await(timeout);
    } catch (RejectedExecutionException e) {
      throw closed();
    } catch (TransportException e) {
      failures.incrementAndGet();
      throw e;
    } finally {
      waiting.remove(reply);
    }
  }

  private TransportException closed() {
    return new TransportException("the client of " + server + " is closed");
  }

  /** A name with several addresses gets another one tried after each failure. */
  private String endpoint() {
    List<InetAddress> addresses = resolver.usable(server.host(), options.ipv6());
    int next = Math.floorMod(failures.get(), addresses.size());
    return Endpoint.of(addresses.get(next), server.port());
  }

  private void begin(String endpoint, byte[] body, PendingReply reply) {
    if (reply.isDone()) {
      return;
    }
    Connection connection = idle.pollFirst();
    while (connection != null && !connection.endpoint.equals(endpoint)) {
      connection.retire();
      connection = idle.pollFirst();
    }
    try {
      (connection == null ? new Connection(endpoint) : connection).send(body, reply);
    } catch (RuntimeException e) {
      reply.fail(new TransportException("no connection to " + server + ": " + e.getMessage(), e));
    }
  }

  private void closeOld() {
    long now = System.nanoTime();
    while (!idle.isEmpty() && now - idle.peekLast().since >= IDLE_LIMIT.toNanos()) {
      idle.removeLast().retire();
    }
    sweeping = !idle.isEmpty();
    if (sweeping) {
      loop.schedule(IDLE_LIMIT, this::closeOld);
    }
  }

  private void failWaiting() {
    closed = true;
    waiting.forEach(reply -> reply.fail(closed()));
  }

  @Override
  public void close() {
    failWaiting();
    loop.stop();
    if (!loop.awaitEnd(ZeroMqContext.CLOSING)) {
      LOG.warn("the client of {} does not close", server);
    }
  }

  /** A REQ socket with at most one request in flight; touched by the loop's thread only. */
  private final class Connection {
    private final String endpoint;
    private final ZMQ.Socket socket;
    private PendingReply reply;
    private boolean up;
    private long since;

    private Connection(String endpoint) {
      this.endpoint = endpoint;
      socket = ZeroMqSockets.open(context.zmq(), SocketType.REQ, options, Duration.ZERO);
      socket.setReconnectIVL(RECONNECT_MILLIS);
      socket.setReconnectIVLMax(RECONNECT_MOST_MILLIS);
      socket.base().setEventHook(this::changed, WATCHED);
      loop.connect(socket, endpoint, this::receive);
    }

    private void send(byte[] body, PendingReply pending) {
      reply = pending;
      if (!socket.send(body, ZMQ.DONTWAIT)) {
        retire();
        throw new TransportException("the request was not taken");
      }
      pending.whenFailed(() -> handOver(() -> giveUp(pending)));
    }

    /** The socket still waits for this reply, so it is of no use for anything else. */
    private void giveUp(PendingReply pending) {
      if (reply == pending) {
        reply = null;
        retire();
      }
    }

    /** Called on ZeroMQ's own thread. */
    private void changed(zmq.ZMQ.Event event) {
      handOver(event.event == zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL ? () -> up = true : this::lost);
    }

    /**
     * ZeroMQ would connect again, but not send again: the reply can't come any more. And idle, it
     * is not worth the pause before it would be up again.
     */
    private void lost() {
      if (reply != null) {
        receive();
      }
      if (reply != null && up) {
        reply.fail(
            new TransportException(
                "the connection to " + server + " was lost before the reply came"));
      } else if (idle.removeIf(connection -> connection == this)) {
        retire();
      }
    }

    private void retire() {
      loop.retire(socket, endpoint);
    }

    private void handOver(Runnable task) {
      try {
        loop.execute(task);
      } catch (RejectedExecutionException ended) {
        LOG.trace("the loop has closed the socket already");
      }
    }

    private boolean receive() {
      List<Msg> frames = ZeroMqSockets.receive(socket);
      if (frames.isEmpty()) {
        return false;
      }
      PendingReply pending = reply;
      reply = null;
      if (pending != null && frames.size() == 1 && pending.complete(frames.get(0).data())) {
        keep();
        return false;
      }
      retire();
      if (pending != null) {
        pending.fail(
            new TransportException(
                server + " answered with " + frames.size() + " frames instead of one"));
      }
      return false;
    }

    private void keep() {
      if (idle.size() >= IDLE_KEPT) {
        retire();
        return;
      }
      since = System.nanoTime();
      idle.addFirst(this);
      if (!sweeping) {
        sweeping = true;
        loop.schedule(IDLE_LIMIT, ZeroMqRequestClient.this::closeOld);
      }
    }
  }
}

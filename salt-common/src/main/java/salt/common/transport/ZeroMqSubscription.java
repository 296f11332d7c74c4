package salt.common.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import salt.common.daemon.Backoff;
import salt.common.transport.Transport.Address;
import zmq.Msg;

/**
 * A subscription to a publish port: one thread and one SUB socket at a time.
 *
 * <p>ZeroMQ's own reconnecting is not used: it gives up after some errors, and it looks names up on
 * the thread that moves everybody's bytes. Instead a lost socket is replaced by a new one after a
 * pause. Until then the old one is still read, so that what it received is not lost.
 */
final class ZeroMqSubscription implements Transport.Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(ZeroMqSubscription.class);

  /** After this a connection that is not up is tried anew, at the next address if there is one. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  /** ZeroMQ shall not reconnect before we have replaced the socket. */
  private static final int NEVER_MILLIS = 24 * 3600 * 1000;

  private static final int WATCHED =
      zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL
          | zmq.ZMQ.ZMQ_EVENT_DISCONNECTED
          | zmq.ZMQ.ZMQ_EVENT_CLOSED
          | zmq.ZMQ.ZMQ_EVENT_CONNECT_RETRIED;

  private final ZeroMqContext context;
  private final Address server;
  private final SocketOptions options;
  private final Resolver resolver;
  private final Subscriber subscriber;
  private final Backoff pauses;
  private final SocketLoop loop;
  private Connection connection;
  private int attempt;

  ZeroMqSubscription(
      ZeroMqContext context,
      Address server,
      SocketOptions options,
      Resolver resolver,
      Subscriber subscriber) {
    this.context = context;
    this.server = server;
    this.options = options;
    this.resolver = resolver;
    this.subscriber = subscriber;
    pauses = new Backoff(options.reconnectFirst(), options.reconnectMost(), new SplittableRandom());
    loop = context.loop("zmq-subscribe", () -> {});
    loop.execute(this::connect);
  }

  private void connect() {
    if (connection != null) {
      loop.retire(connection.socket, connection.endpoint);
      connection = null;
    }
    try {
      List<InetAddress> addresses = resolver.usable(server.host(), options.ipv6());
      InetAddress address = addresses.get(Math.floorMod(attempt++, addresses.size()));
      connection = new Connection(Endpoint.of(address, server.port()));
    } catch (RuntimeException e) {
      Duration pause = pauses.next();
      LOG.warn("{}: {}; next attempt in {} ms", server, e.getMessage(), pause.toMillis());
      loop.schedule(pause, this::connect);
    }
  }

  @Override
  public void close() {
    loop.stop();
    if (!loop.awaitEnd(ZeroMqContext.CLOSING)) {
      LOG.warn("the subscription to {} does not close", server);
    }
  }

  /** One attempt to connect and what came of it; touched by the loop's thread only. */
  private final class Connection {
    private final String endpoint;
    private final ZMQ.Socket socket;
    private boolean up;
    private boolean lost;

    private Connection(String endpoint) {
      this.endpoint = endpoint;
      socket = ZeroMqSockets.open(context.zmq(), SocketType.SUB, options, Duration.ZERO);
      socket.setReconnectIVL(NEVER_MILLIS);
      socket.setRcvHWM(options.highWaterMark());
      subscriber.prefixes().forEach(socket::subscribe);
      socket.base().setEventHook(this::changed, WATCHED);
      loop.connect(socket, endpoint, this::receive);
      loop.schedule(CONNECT_LIMIT, this::giveUp);
    }

    /** Called on ZeroMQ's own thread. */
    private void changed(zmq.ZMQ.Event event) {
      try {
        loop.execute(
            event.event == zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL ? this::connected : this::lost);
      } catch (RejectedExecutionException closed) {
        LOG.trace("the subscription to {} is closed", server);
      }
    }

    private void connected() {
      if (!lost && !up) {
        up = true;
        attempt--;
        pauses.reset();
        subscriber.listener().connected();
      }
    }

    private void lost() {
      if (lost) {
        return;
      }
      lost = true;
      Duration pause = pauses.next();
      LOG.debug("{}: no connection; next attempt in {} ms", server, pause.toMillis());
      loop.schedule(pause, ZeroMqSubscription.this::connect);
      if (up) {
        subscriber.listener().disconnected();
      }
    }

    private void giveUp() {
      if (connection == this && !up) {
        lost();
      }
    }

    private boolean receive() {
      List<Msg> frames = ZeroMqSockets.receive(socket);
      if (frames.isEmpty()) {
        return false;
      }
      subscriber.listener().message(frames.stream().map(Msg::data).toList());
      return true;
    }
  }
}

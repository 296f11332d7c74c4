package salt.common.transport;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import salt.common.transport.Transport.Address;
import salt.common.transport.Transport.Request;
import salt.common.transport.Transport.RequestHandler;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * The request port: a ROUTER socket owned by one thread.
 *
 * <p>Replies come from any thread; at most one waits for each request taken, so their queue is
 * bounded by what the handler accepts.
 */
final class ZeroMqRequestServer implements Transport.RequestServer {
  private static final Logger LOG = LoggerFactory.getLogger(ZeroMqRequestServer.class);
  private static final byte[] DELIMITER = new byte[0];

  private final SocketLoop loop;
  private final RequestHandler handler;
  private final Address address;
  private ZMQ.Socket socket;
  private boolean draining;
  private long unanswered;

  ZeroMqRequestServer(
      ZeroMqContext context, Address bind, SocketOptions options, RequestHandler handler) {
    this.handler = handler;
    loop = context.loop("zmq-requests", () -> {});
    try {
      address = loop.call(() -> open(context, bind, options), ZeroMqContext.PATIENCE);
    } catch (RuntimeException e) {
      loop.stop();
      throw e;
    }
  }

  private Address open(ZeroMqContext context, Address bind, SocketOptions options) {
    ZMQ.Socket router =
        ZeroMqSockets.open(context.zmq(), SocketType.ROUTER, options, ZeroMqContext.LINGER);
    Address bound = BoundSocket.bind(router, bind);
    socket = router;
    loop.add(socket, this::receive);
    return bound;
  }

  private boolean receive() {
    if (draining) {
      return false;
    }
    List<Msg> frames = ZeroMqSockets.receive(socket);
    if (frames.isEmpty()) {
      return false;
    }
    String peer = peer(frames);
    if (frames.size() != 3 || frames.get(1).size() != 0) {
      LOG.warn(
          "dropped a request from {}: expected an empty frame and a body, got {} frames",
          peer,
          frames.size() - 1);
      return true;
    }
    unanswered++;
    Received request = new Received(frames.get(0).data(), frames.get(2).data(), peer);
    try {
      handler.handle(request);
    } catch (RuntimeException e) {
      LOG.error("dropped a request from {}: its handler failed", peer, e);
      request.answered.set(true);
      answered();
    }
    return true;
  }

  private static String peer(List<Msg> frames) {
    Metadata metadata = frames.get(frames.size() - 1).getMetadata();
    String address = metadata == null ? null : metadata.get(Metadata.PEER_ADDRESS);
    return address != null
        ? address
        : "routing id " + HexFormat.of().formatHex(frames.get(0).data());
  }

  private void send(byte[] routingId, byte[] body) {
    ZeroMqSockets.send(socket, List.of(routingId, DELIMITER, body));
    answered();
  }

  private void answered() {
    unanswered--;
    endWhenDrained();
  }

  private boolean drain() {
    draining = true;
    endWhenDrained();
    return unanswered == 0;
  }

  private void endWhenDrained() {
    if (draining && unanswered == 0) {
      loop.stop();
    }
  }

  @Override
  public Address address() {
    return address;
  }

  /**
   * Takes no more requests. The port itself is given up with the last reply, as unbinding it
   * earlier would end the connections that still wait for theirs.
   */
  @Override
  public void close() {
    try {
      if (loop.call(this::drain, ZeroMqContext.PATIENCE) && !loop.awaitEnd(ZeroMqContext.CLOSING)) {
        LOG.warn("the request port {} does not close", address);
      }
    } catch (RejectedExecutionException alreadyClosed) {
      LOG.debug("{} was closed before", address);
    }
  }

  private final class Received implements Request {
    private final AtomicBoolean answered = new AtomicBoolean();
    private final byte[] routingId;
    private final byte[] body;
    private final String peer;

    private Received(byte[] routingId, byte[] body, String peer) {
      this.routingId = routingId;
      this.body = body;
      this.peer = peer;
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public String peer() {
      return peer;
    }

    @Override
    public void reply(byte[] reply) {
      if (answered.compareAndSet(false, true)) {
        try {
          loop.execute(() -> send(routingId, reply));
        } catch (RejectedExecutionException closed) {
          LOG.debug("the reply to {} comes after the end of the request port", peer);
        }
      }
    }
  }
}

package salt.common.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import salt.common.transport.Transport.Address;

/**
 * The publish port: a PUB socket owned by one thread.
 *
 * <p>At most {@value #QUEUED} messages wait for that thread; the next caller of {@link #send}
 * waits. A subscriber that does not keep up loses messages beyond the high-water mark, as with real
 * Salt.
 */
final class ZeroMqPublisher implements Transport.Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(ZeroMqPublisher.class);
  private static final int QUEUED = 1000;
  private static final int WATCHED = zmq.ZMQ.ZMQ_EVENT_ACCEPTED | zmq.ZMQ.ZMQ_EVENT_DISCONNECTED;

  private final SocketLoop loop;
  private final Address address;
  private final Semaphore room = new Semaphore(QUEUED);
  private final Map<SocketChannel, String> connected = new ConcurrentHashMap<>();
  private ZMQ.Socket socket;

  ZeroMqPublisher(ZeroMqContext context, Address bind, SocketOptions options) {
    loop = context.loop("zmq-publish", () -> room.release(QUEUED));
    try {
      address = loop.call(() -> open(context, bind, options), ZeroMqContext.PATIENCE);
    } catch (RuntimeException e) {
      loop.stop();
      throw e;
    }
  }

  private Address open(ZeroMqContext context, Address bind, SocketOptions options) {
    ZMQ.Socket pub =
        ZeroMqSockets.open(context.zmq(), SocketType.PUB, options, ZeroMqContext.LINGER);
    pub.setSndHWM(options.highWaterMark());
    pub.base().setEventHook(this::connectionChanged, WATCHED);
    Address bound = BoundSocket.bind(pub, bind);
    socket = pub;
    loop.add(socket, () -> false);
    return bound;
  }

  /** Called on ZeroMQ's own thread. */
  private void connectionChanged(zmq.ZMQ.Event event) {
    if (!(event.arg instanceof SocketChannel channel)) {
      return;
    }
    if (event.event == zmq.ZMQ.ZMQ_EVENT_DISCONNECTED) {
      connected.remove(channel);
      return;
    }
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
        connected.put(channel, Endpoint.plain(remote.getAddress()));
      }
    } catch (IOException gone) {
      LOG.debug("a subscriber left while it was accepted", gone);
    }
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void send(List<byte[]> frames) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while waiting to publish on " + address, e);
    }
    try {
      loop.execute(() -> sendNow(frames));
    } catch (RejectedExecutionException e) {
      room.release();
      throw new TransportException("the publish port " + address + " is closed", e);
    }
  }

  private void sendNow(List<byte[]> frames) {
    room.release();
    if (!ZeroMqSockets.send(socket, frames)) {
      LOG.error("a publication on {} was not taken by the socket", address);
    }
  }

  @Override
  public List<String> peers() {
    // A connection that broke before it was noted here would otherwise stay for ever.
    connected.keySet().removeIf(channel -> !channel.isOpen());
    return connected.values().stream().distinct().sorted().toList();
  }

  @Override
  public void close() {
    // Whoever waits for room gets it when the loop has ended, and finds the port closed.
    loop.stop();
    if (!loop.awaitEnd(ZeroMqContext.CLOSING)) {
      LOG.warn("the publish port {} does not close", address);
    }
  }
}

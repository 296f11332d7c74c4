package salt.common.event;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import salt.common.payload.MalformedPayload;

/**
 * Another program's access to the bus of a daemon, ours or real Salt's. Starts no thread; not
 * thread-safe but for {@link #release}.
 */
public final class EventClient implements AutoCloseable {
  /** Larger than any bus sends. */
  private static final int LARGEST = 256 << 20;

  private static final int PIECE = 1 << 16;
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  private final EventSockets sockets;
  private final EventCodec codec;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
  private final FrameDecoder decoder = new FrameDecoder(LARGEST);
  private final Queue<byte[]> received = new ArrayDeque<>();
  private final EventFraming framing;
  private volatile Optional<Connection> listening = Optional.empty();
  private Optional<Connection> firing = Optional.empty();
  private List<String> prefixes = List.of();
  private volatile boolean released;

  /**
   * A client of the bus at {@code sockets}; nothing is connected yet.
   *
   * @param options how events are fired; the framing of what is heard is found out
   */
  public EventClient(EventSockets sockets, EventBusOptions options, Clock clock) {
    this.sockets = sockets;
    framing = options.framing();
    codec = new EventCodec(options.maxEventSize(), clock);
  }

  /**
   * Listens from now on. May be called again to change what {@link #next} gives.
   *
   * @param wanted what tags must begin with, any of them; none takes all events
   * @throws EventBusException when the bus can't be reached
   */
  public void listen(String... wanted) {
    prefixes = List.of(wanted);
    if (listening.isEmpty()) {
      listening = Optional.of(new Connection(sockets.publish(), SelectionKey.OP_READ));
    }
  }

  /**
   * Waits for the next event that was asked for.
   *
   * @return nothing when none comes in time
   * @throws EventBusException when the bus has closed the connection or sends something else than
   *     events
   */
  public Optional<Event> next(Duration timeout) {
    Connection connection =
        listening.orElseThrow(() -> new IllegalStateException("listen() comes first"));
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      Optional<Event> event = take();
      while (event.isEmpty() && !released && (receive(connection) || connection.await(deadline))) {
        event = take();
      }
      return event;
    } catch (IOException | MalformedPayload e) {
      throw new EventBusException(
          "reading events from " + connection.name + " failed: " + e.getMessage(), e);
    }
  }

  /** Ends what {@link #next} waits for in another thread; it gives nothing from now on. */
  public void release() {
    released = true;
    listening.ifPresent(connection -> connection.selector.wakeup());
  }

  private Optional<Event> take() {
    for (byte[] item = received.poll(); item != null; item = received.poll()) {
      byte[] body = EventCodec.bodyOf(item);
      String tag = EventCodec.tag(body);
      if (isWanted(tag)) {
        return Optional.of(EventCodec.read(body));
      }
    }
    return Optional.empty();
  }

  private boolean isWanted(String tag) {
    for (String prefix : prefixes) {
      if (tag.startsWith(prefix)) {
        return true;
      }
    }
    return prefixes.isEmpty();
  }

  private boolean receive(Connection connection) throws IOException {
    int count = connection.channel.read(piece.clear());
    if (count < 0) {
      throw new EventBusException("the event bus at " + connection.name + " has been closed");
    }
    received.addAll(decoder.feed(piece.flip()));
    return count > 0;
  }

  /**
   * Fires an event, with the time of now in {@code _stamp}.
   *
   * @throws EventBusException when the bus can't be reached or does not take it in time
   */
  public void fire(String tag, Map<?, ?> data) {
    byte[] item = EventCodec.item(codec.body(codec.stamped(tag, data)));
    Connection connection =
        firing.orElseGet(() -> new Connection(sockets.pull(), SelectionKey.OP_WRITE));
    firing = Optional.of(connection);
    // What is heard does not tell what is taken: Salt 3008 passes events on without the length it
    // wants to read before them.
    ByteBuffer frame = ByteBuffer.wrap(framing.frame(item));
    long deadline = System.nanoTime() + WRITE_LIMIT.toNanos();
    try {
      while (frame.hasRemaining()) {
        if (connection.channel.write(frame) == 0 && !connection.await(deadline)) {
          throw new IOException("it takes no more");
        }
      }
    } catch (IOException e) {
      connection.close();
      firing = Optional.empty();
      throw new EventBusException("event " + tag + ": " + connection.name + " did not take it", e);
    }
  }

  @Override
  public void close() {
    listening.ifPresent(Connection::close);
    firing.ifPresent(Connection::close);
    listening = Optional.empty();
    firing = Optional.empty();
  }

  private static final class Connection {
    private final String name;
    private final SocketChannel channel;
    private final Selector selector;

    private Connection(SocketAddress address, int operation) {
      name = EventSockets.shown(address);
      try {
        channel =
            address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
          channel.connect(address);
          EventSockets.sendAtOnce(channel);
          channel.configureBlocking(false);
          selector = Selector.open();
          channel.register(selector, operation);
        } catch (IOException e) {
          channel.close();
          throw e;
        }
      } catch (IOException e) {
        throw new EventBusException(
            "cannot reach the event bus at " + name + ": " + e.getMessage() + "; is it running?",
            e);
      }
    }

    /** Waits until something can be done; false when the time is up. */
    private boolean await(long deadline) throws IOException {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      selector.select(left / 1_000_000 + 1);
      selector.selectedKeys().clear();
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted");
      }
      return true;
    }

    private void close() {
      try {
        selector.close();
        channel.close();
      } catch (IOException e) {
        throw new EventBusException("the connection to " + name + " cannot be closed", e);
      }
    }
  }
}

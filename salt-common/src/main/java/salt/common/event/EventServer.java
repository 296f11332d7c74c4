package salt.common.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;

/** The sockets of a bus. One thread serves them all and never waits for any of them. */
final class EventServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventServer.class);
  private static final int PIECE = 1 << 16;
  private static final long CLOSING_MILLIS = 2000;

  /** How long no connection is accepted after one could not be. */
  private static final long ACCEPT_PAUSE_MILLIS = 1000;

  private final EventBusOptions options;
  private final LongFunction<byte[]> missed;
  private final BiConsumer<Event, byte[]> fired;
  private final ListeningSocket publish;
  private final ListeningSocket pull;
  private final Selector selector;
  private final Thread thread;
  private final Set<EventListener> listeners = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<EventListener> ready = new ConcurrentLinkedQueue<>();

  /** Held while a connection is accepted and taken. */
  private final Object taking = new Object();

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private int connections;
  private boolean acceptPaused;
  private long acceptAt;
  private volatile boolean closing;

  /**
   * Binds the sockets and starts serving.
   *
   * @param missed makes the body of the notice about missed events
   * @param fired hears of events that other programs fire: read, and as bytes
   */
  EventServer(
      EventSockets sockets,
      EventBusOptions options,
      LongFunction<byte[]> missed,
      BiConsumer<Event, byte[]> fired) {
    this.options = options;
    this.missed = missed;
    this.fired = fired;
    publish =
        ListeningSocket.at(sockets.publish(), options.groupMayListen() ? "rw-rw----" : "rw-------");
    try {
      pull = ListeningSocket.at(sockets.pull(), "rw-------");
    } catch (RuntimeException e) {
      publish.close();
      throw e;
    }
    try {
      selector = Selector.open();
      accepting(publish, this::listener);
      accepting(pull, this::source);
    } catch (IOException e) {
      publish.close();
      pull.close();
      throw new EventBusException("the event bus cannot wait for its sockets", e);
    }
    thread = new Thread(this::run, "event-bus");
    thread.setDaemon(true);
    thread.start();
  }

  private void accepting(ListeningSocket socket, Function<SocketChannel, EventConnection> kind)
      throws IOException {
    ServerSocketChannel server = socket.channel();
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT, (EventConnection) key -> accept(key, kind));
  }

  private void accept(SelectionKey key, Function<SocketChannel, EventConnection> kind)
      throws IOException {
    if (!(key.channel() instanceof ServerSocketChannel server)) {
      return;
    }
    try {
      takeNext(server, kind);
    } catch (IOException e) {
      LOG.error("a connection to the event bus cannot be accepted", e);
      key.interestOps(0);
      acceptPaused = true;
      acceptAt = System.nanoTime() + ACCEPT_PAUSE_MILLIS * 1_000_000;
    }
  }

  /** Nobody is accepted without being taken: who looks meanwhile would miss that listener. */
  private boolean takeNext(
      ServerSocketChannel server, Function<SocketChannel, EventConnection> kind)
      throws IOException {
    synchronized (taking) {
      SocketChannel channel = server.accept();
      if (channel != null) {
        take(channel, kind);
      }
      return channel != null;
    }
  }

  private void take(SocketChannel channel, Function<SocketChannel, EventConnection> kind)
      throws IOException {
    try {
      EventSockets.sendAtOnce(channel);
      channel.configureBlocking(false);
      EventConnection connection = kind.apply(channel);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ, connection);
      if (connection instanceof EventListener listener) {
        listeners.add(listener);
        if (!key.isValid()) {
          listeners.remove(listener);
        }
      }
    } catch (IOException | ClosedSelectorException e) {
      channel.close();
      throw e;
    }
  }

  /** On any thread: who has connected hears what is fired from then on, however busy the bus is. */
  private void takeListeners() {
    try {
      while (takeNext(publish.channel(), this::listener)) {
        selector.wakeup();
      }
    } catch (IOException | ClosedSelectorException e) {
      LOG.trace("left to the thread of the event bus: {}", e.toString());
    }
  }

  private EventConnection listener(SocketChannel channel) {
    EventQueue<ByteBuffer> queue =
        new EventQueue<>(
            "event listener " + ++connections,
            options.queueBytes(),
            ByteBuffer::remaining,
            count -> frame(missed.apply(count)));
    return new EventListener(channel, queue, listeners::remove);
  }

  private EventConnection source(SocketChannel channel) {
    return new EventSource("event source " + ++connections, channel, piece, options, fired);
  }

  private ByteBuffer frame(byte[] body) {
    return ByteBuffer.wrap(options.framing().frame(EventCodec.item(body)));
  }

  /** Whether anybody listens; those who have just connected do. */
  boolean isHeard() {
    takeListeners();
    return !listeners.isEmpty();
  }

  /** Hands an event to all listeners; never waits. */
  void broadcast(byte[] body) {
    if (listeners.isEmpty()) {
      return;
    }
    ByteBuffer frame = frame(body).asReadOnlyBuffer();
    for (EventListener listener : listeners) {
      if (listener.offer(frame.duplicate())) {
        ready.add(listener);
      }
    }
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(acceptPaused ? ACCEPT_PAUSE_MILLIS : 0);
        selector.selectedKeys().forEach(this::serve);
        selector.selectedKeys().clear();
        writeReady();
        if (acceptPaused) {
          acceptAgain();
        }
      }
      writeReady();
    } catch (IOException | ClosedSelectorException e) {
      LOG.error("the event bus ends: it cannot wait for its sockets", e);
    } finally {
      end();
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isValid() && key.attachment() instanceof EventConnection connection) {
        connection.serve(key);
      }
    } catch (IOException e) {
      LOG.trace("a connection of the event bus ended: {}", e.getMessage());
      drop(key);
    } catch (MalformedPayload e) {
      LOG.warn("closed a connection of the event bus: {}", e.getMessage());
      drop(key);
    } catch (RuntimeException e) {
      LOG.error("closed a connection of the event bus after an unexpected failure", e);
      drop(key);
    }
  }

  private void writeReady() {
    for (EventListener listener = ready.poll(); listener != null; listener = ready.poll()) {
      SelectionKey key = listener.key(selector);
      if (key != null) {
        serve(key);
      }
    }
  }

  private void acceptAgain() {
    if (System.nanoTime() - acceptAt < 0) {
      return;
    }
    acceptPaused = false;
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.interestOps() == 0) {
        key.interestOps(SelectionKey.OP_ACCEPT);
      }
    }
  }

  private void drop(SelectionKey key) {
    key.cancel();
    if (key.attachment() instanceof EventConnection connection) {
      connection.closed();
    }
    try {
      key.channel().close();
    } catch (IOException e) {
      LOG.debug("a connection of the event bus cannot be closed", e);
    }
  }

  private void end() {
    for (SelectionKey key : selector.keys()) {
      drop(key);
    }
    publish.close();
    pull.close();
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("the selector of the event bus cannot be closed", e);
    }
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("the event bus does not close");
    }
  }
}

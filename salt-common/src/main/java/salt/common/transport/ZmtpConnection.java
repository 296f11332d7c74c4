package salt.common.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * A TCP connection that speaks as the connection of a ZeroMQ REQ socket does: ZMTP 3 with the
 * mechanism NULL. It needs no thread of its own and none of the time that JeroMQ takes to start.
 *
 * <p>One thread at a time uses it. Another may close it, which ends what waits.
 */
final class ZmtpConnection implements AutoCloseable {
  private static final int GREETING = 64;
  private static final int MAJOR_VERSION = 10;
  private static final int MECHANISM = 12;
  private static final byte[] NULL_MECHANISM =
      Arrays.copyOf("NULL".getBytes(StandardCharsets.US_ASCII), 20);

  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;
  private static final int SHORTEST_LONG = 256;

  /** Also what the channel copies at a time to memory outside of the heap, which it keeps. */
  private static final int BUFFER = 1 << 13;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InetSocketAddress server;
  private final long maxMessage;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();

  /** A connection to that server, not opened yet. */
  ZmtpConnection(InetSocketAddress server, SocketOptions options) throws IOException {
    this.server = server;
    maxMessage = Math.min(options.maxMessage(), ZeroMqSockets.MOST);
    channel =
        options.source().isPresent()
            ? new SourceBinding(options.source().get()).openSocketChannel()
            : SocketChannel.open();
    try {
      selector = Selector.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      keepAlive(options.keepAlive());
      key = channel.register(selector, 0);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void keepAlive(SocketOptions.KeepAlive keepAlive) throws IOException {
    if (!keepAlive.on()) {
      return;
    }
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (keepAlive.idle() > 0) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, keepAlive.idle());
    }
    if (keepAlive.count() > 0) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, keepAlive.count());
    }
    if (keepAlive.interval() > 0) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, keepAlive.interval());
    }
  }

  private Transport.Address name() {
    return new Transport.Address(server.getAddress().getHostAddress(), server.getPort());
  }

  /** Where it leads. */
  InetSocketAddress server() {
    return server;
  }

  /**
   * Connects and shakes hands.
   *
   * @param deadline the time, as of {@link System#nanoTime}, until which that may take
   * @throws SocketTimeoutException when it takes longer
   * @throws InterruptedIOException when the thread is interrupted
   */
  void open(long deadline) throws IOException {
    if (!channel.connect(server)) {
      do {
        await(SelectionKey.OP_CONNECT, deadline);
      } while (!channel.finishConnect());
    }
    ByteBuffer hello = ByteBuffer.allocate(GREETING * 2);
    // The signature, the version 3.1 and, in the rest of zeros, "not a server".
    hello.put((byte) 0xff).putLong(0).put((byte) 0x7f).put((byte) 3).put((byte) 1);
    hello.put(NULL_MECHANISM).position(GREETING);
    byte[] ready = ready();
    hello.put((byte) COMMAND).put((byte) ready.length).put(ready);
    write(hello.flip(), deadline);
    check(read(GREETING, deadline));
    Frame answer = frame(deadline);
    if (!answer.command() || !startsWith(answer.body, "\5READY")) {
      throw new ProtocolException(name() + " ended the handshake");
    }
  }

  private static byte[] ready() {
    ByteBuffer ready = ByteBuffer.allocate(GREETING);
    ready.put(ascii("\5READY\13Socket-Type")).putInt(3).put(ascii("REQ"));
    ready.put(ascii("\10Identity")).putInt(0);
    return Arrays.copyOf(ready.array(), ready.position());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean startsWith(byte[] body, String text) {
    byte[] beginning = ascii(text);
    return body.length >= beginning.length
        && Arrays.equals(body, 0, beginning.length, beginning, 0, beginning.length);
  }

  private void check(byte[] greeting) throws IOException {
    boolean right =
        greeting[0] == (byte) 0xff
            && (greeting[9] & 1) == 1
            && greeting[MAJOR_VERSION] >= 3
            && Arrays.equals(
                greeting, MECHANISM, MECHANISM + 20, NULL_MECHANISM, 0, NULL_MECHANISM.length);
    if (!right) {
      throw new ProtocolException(name() + " does not speak ZeroMQ 3 without encryption");
    }
  }

  /** Whether it is still up and nothing came that nobody asked for. */
  boolean isIdle() {
    try {
      return !in.hasRemaining() && channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      // It has ended, which is all that was asked.
      return false;
    }
  }

  /**
   * Sends a request and waits for its reply; throws as {@link #open} does.
   *
   * @throws ProtocolException when the reply is of another shape
   */
  byte[] request(byte[] body, long deadline) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(16).put((byte) MORE).put((byte) 0);
    if (body.length < SHORTEST_LONG) {
      head.put((byte) 0).put((byte) body.length);
    } else {
      head.put((byte) LONG).putLong(body.length);
    }
    write(head.flip(), deadline);
    write(ByteBuffer.wrap(body), deadline);
    Frame delimiter = message(deadline);
    Frame reply = delimiter.more() ? message(deadline) : delimiter;
    if (!delimiter.more() || delimiter.body.length > 0 || reply.more()) {
      throw new ProtocolException(
          name() + " answered with something else than a delimiter and one frame");
    }
    return reply.body;
  }

  private static final class Frame {
    private final int flags;
    private final byte[] body;

    Frame(int flags, byte[] body) {
      this.flags = flags;
      this.body = body;
    }

    boolean command() {
      return (flags & COMMAND) != 0;
    }

    boolean more() {
      return (flags & MORE) != 0;
    }
  }

  /** The next frame that is no command: none matters after the handshake. */
  private Frame message(long deadline) throws IOException {
    Frame frame = frame(deadline);
    while (frame.command()) {
      frame = frame(deadline);
    }
    return frame;
  }

  private Frame frame(long deadline) throws IOException {
    int flags = read(1, deadline)[0];
    long length =
        (flags & LONG) == 0
            ? Byte.toUnsignedInt(read(1, deadline)[0])
            : ByteBuffer.wrap(read(Long.BYTES, deadline)).getLong();
    if (length < 0 || length > maxMessage) {
      throw new ProtocolException(name() + " announced " + length + " bytes, which is too much");
    }
    return new Frame(flags, read((int) length, deadline));
  }

  private byte[] read(int length, long deadline) throws IOException {
    byte[] bytes = new byte[length];
    int count = 0;
    while (count < length) {
      if (in.hasRemaining()) {
        int next = Math.min(in.remaining(), length - count);
        in.get(bytes, count, next);
        count += next;
      } else {
        fill(deadline);
      }
    }
    return bytes;
  }

  private void fill(long deadline) throws IOException {
    int count = channel.read(in.clear());
    in.flip();
    if (count < 0) {
      throw new EOFException(name() + " closed the connection");
    } else if (count == 0) {
      await(SelectionKey.OP_READ, deadline);
    }
  }

  private void write(ByteBuffer bytes, long deadline) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + BUFFER));
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private void await(int operation, long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException(name() + " is silent");
    }
    try {
      key.interestOps(operation);
      selector.select(left);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw closed(e);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private static IOException closed(RuntimeException cause) {
    IOException closed = new AsynchronousCloseException();
    closed.initCause(cause);
    return closed;
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (selector != null) {
        selector.close();
      }
    } catch (IOException e) {
      // Its descriptor is gone either way.
      in.clear().flip();
    }
  }
}

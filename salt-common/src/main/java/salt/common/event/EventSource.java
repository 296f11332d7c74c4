package salt.common.event;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import salt.common.payload.MalformedPayload;

/** A program that fires events over a socket. */
final class EventSource implements EventConnection {
  /** Trimming leaves lists as they are, so honest events may exceed the limit by far. */
  private static final int SLACK = 16;

  private final String name;
  private final SocketChannel channel;
  private final ByteBuffer piece;
  private final FrameDecoder decoder;
  private final BiConsumer<Event, byte[]> fired;

  /**
   * A source.
   *
   * @param piece to read into; shared among all sources
   */
  EventSource(
      String name,
      SocketChannel channel,
      ByteBuffer piece,
      EventBusOptions options,
      BiConsumer<Event, byte[]> fired) {
    this.name = name;
    this.channel = channel;
    this.piece = piece;
    this.fired = fired;
    decoder =
        new FrameDecoder((int) Math.min(Integer.MAX_VALUE, (long) SLACK * options.maxEventSize()));
  }

  @Override
  public void serve(SelectionKey key) throws IOException {
    if (channel.read(piece.clear()) < 0) {
      throw new EOFException("the source left");
    }
    try {
      for (byte[] item : decoder.feed(piece.flip())) {
        byte[] body = EventCodec.bodyOf(item);
        fired.accept(EventCodec.read(body), body);
      }
    } catch (MalformedPayload e) {
      throw new MalformedPayload(name + " sent something else than events: " + e.getMessage(), e);
    }
  }
}

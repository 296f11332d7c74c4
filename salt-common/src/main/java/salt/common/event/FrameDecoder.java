package salt.common.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import salt.common.payload.MalformedPayload;

/** Cuts a stream of events, which comes in pieces, into items; knows both framings. */
final class FrameDecoder {
  private final int limit;
  private byte[] buffer = new byte[0];
  private int filled;
  private EventFraming framing;
  private ItemScanner scanner = new ItemScanner();

  /**
   * A decoder for one stream.
   *
   * @param limit the largest item in bytes
   */
  FrameDecoder(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a piece and gives the items that are complete now.
   *
   * @throws MalformedPayload when this is no stream of events, or an item is too large; the stream
   *     is of no use any more
   */
  List<byte[]> feed(ByteBuffer piece) {
    append(piece);
    if (framing == null && filled > 0) {
      // An event is a map, whose first byte is above 0x7f; no length below 2 GiB begins so.
      framing = buffer[0] < 0 ? EventFraming.PLAIN : EventFraming.LENGTH;
    }
    List<byte[]> items = new ArrayList<>();
    int taken = 0;
    for (int end = end(taken); end >= 0; end = end(taken)) {
      int start = taken + (framing == EventFraming.LENGTH ? Integer.BYTES : 0);
      items.add(Arrays.copyOfRange(buffer, start, end));
      taken = end;
      scanner = new ItemScanner();
    }
    drop(taken);
    return items;
  }

  /** Where the item that begins at {@code start} ends; -1 while it is not complete. */
  private int end(int start) {
    if (framing == EventFraming.PLAIN) {
      long length = scanner.length(buffer, start, filled);
      check(Math.max(length, scanner.reached()));
      return length >= 0 && length <= filled - start ? start + (int) length : -1;
    }
    if (filled - start < Integer.BYTES) {
      return -1;
    }
    int length = ByteBuffer.wrap(buffer).getInt(start);
    check(Integer.toUnsignedLong(length));
    return length <= filled - start - Integer.BYTES ? start + Integer.BYTES + length : -1;
  }

  private void check(long length) {
    if (length > limit) {
      throw new MalformedPayload(
          "an event of " + length + " bytes is larger than the " + limit + " allowed");
    }
  }

  private void append(ByteBuffer piece) {
    int needed = filled + piece.remaining();
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, filled * 2));
    }
    int length = piece.remaining();
    piece.get(buffer, filled, length);
    filled += length;
  }

  private void drop(int taken) {
    if (taken > 0) {
      buffer = Arrays.copyOfRange(buffer, taken, filled);
      filled -= taken;
    }
  }
}

package salt.common.event;

import java.nio.ByteBuffer;

/** How events follow each other on a stream; a reader tells the two apart by the first byte. */
public enum EventFraming {
  /** Each item behind its length, four bytes, most significant first: Salt 3006.26 and later. */
  LENGTH {
    @Override
    byte[] frame(byte[] item) {
      return ByteBuffer.allocate(Integer.BYTES + item.length).putInt(item.length).put(item).array();
    }
  },
  /** One item after the other: releases before, 3006.25 for one. */
  PLAIN {
    @Override
    byte[] frame(byte[] item) {
      return item;
    }
  };

  /**
   * The framing of a name.
   *
   * @param name {@code length} or {@code plain}
   * @throws IllegalArgumentException for any other, naming it
   */
  public static EventFraming named(String name) {
    return switch (name) {
      case "length" -> LENGTH;
      case "plain" -> PLAIN;
      default ->
          throw new IllegalArgumentException(
              "event_bus_framing: " + name + " is neither length nor plain");
    };
  }

  abstract byte[] frame(byte[] item);
}

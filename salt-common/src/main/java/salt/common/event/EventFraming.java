package salt.common.event;

import java.nio.ByteBuffer;

/** How events follow each other on a stream; a reader tells the two apart by the first byte. */
public enum EventFraming {
  /** Each item behind its length, four bytes, most significant first: Salt 3006.28. */
  LENGTH {
    @Override
    byte[] frame(byte[] item) {
      return ByteBuffer.allocate(Integer.BYTES + item.length).putInt(item.length).put(item).array();
    }
  },
  /** One item after the other: earlier releases, 3006.9 for one. */
  PLAIN {
    @Override
    byte[] frame(byte[] item) {
      return item;
    }
  };

  abstract byte[] frame(byte[] item);
}

package salt.common.payload;

import java.util.Arrays;

/**
 * MessagePack's bytes as they are put together, each header in its shortest form. The library that
 * reads them could write them as well, but looks for Android first, which costs a program that
 * starts more than all its requests.
 */
final class MessagePackOutput {
  private static final int FIRST_SIZE = 512;

  private final boolean bin;
  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  /**
   * An empty output.
   *
   * @param bin whether text and bytes may have the headers str8 and bin
   */
  MessagePackOutput(boolean bin) {
    this.bin = bin;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void nil() {
    put(0xc0);
  }

  void bool(boolean value) {
    put(value ? 0xc3 : 0xc2);
  }

  void float64(double value) {
    put(0xcb);
    put(Double.doubleToLongBits(value), Long.BYTES);
  }

  void integer(long value) {
    if (value < -(1L << 31)) {
      put(0xd3);
      put(value, 8);
    } else if (value < -(1L << 15)) {
      put(0xd2);
      put(value, 4);
    } else if (value < -(1L << 7)) {
      put(0xd1);
      put(value, 2);
    } else if (value < -(1L << 5)) {
      put(0xd0);
      put(value, 1);
    } else if (value < 1L << 7) {
      put((int) value);
    } else {
      positive(value);
    }
  }

  private void positive(long value) {
    if (value < 1L << 8) {
      put(0xcc);
      put(value, 1);
    } else if (value < 1L << 16) {
      put(0xcd);
      put(value, 2);
    } else if (value < 1L << 32) {
      put(0xce);
      put(value, 4);
    } else {
      uint64(value);
    }
  }

  /** A number without sign. */
  void uint64(long value) {
    put(0xcf);
    put(value, 8);
  }

  void text(byte[] utf8) {
    if (utf8.length < 32) {
      put(0xa0 | utf8.length);
    } else if (bin && utf8.length < 1 << 8) {
      header(0xd9, utf8.length, 1);
    } else {
      header(0xda, utf8.length);
    }
    raw(utf8);
  }

  void bytes(byte[] content) {
    if (!bin) {
      text(content);
      return;
    } else if (content.length < 1 << 8) {
      header(0xc4, content.length, 1);
    } else {
      header(0xc5, content.length);
    }
    raw(content);
  }

  void array(int length) {
    if (length < 16) {
      put(0x90 | length);
    } else {
      header(0xdc, length);
    }
  }

  void map(int length) {
    if (length < 16) {
      put(0x80 | length);
    } else {
      header(0xde, length);
    }
  }

  /** An extension of 17 to 255 bytes, the only length there is. */
  void extension(int type, byte[] content) {
    header(0xc7, content.length, 1);
    put(type);
    raw(content);
  }

  /** A length of two bytes behind this code, or of four behind the next one. */
  private void header(int code, int length) {
    if (length < 1 << 16) {
      header(code, length, 2);
    } else {
      header(code + 1, length, 4);
    }
  }

  private void header(int code, int length, int width) {
    put(code);
    put(length, width);
  }

  private void put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  private void put(long value, int width) {
    reserve(width);
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void raw(byte[] content) {
    reserve(content.length);
    System.arraycopy(content, 0, bytes, size, content.length);
    size += content.length;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      int least = Math.addExact(size, more);
      bytes =
          Arrays.copyOf(bytes, Math.max(least, (int) Math.min(2L * size, Integer.MAX_VALUE - 8)));
    }
  }
}

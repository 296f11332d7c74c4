package salt.common.event;

import salt.common.payload.MalformedPayload;

/**
 * Finds where a MessagePack item ends without unpacking it. It goes on where it stopped when more
 * bytes have come, and does not recurse, so hostile bytes cost no more than their number.
 */
final class ItemScanner {
  private long position;
  private long open = 1;

  /** How far the headers seen so far reach. */
  long reached() {
    return position;
  }

  /**
   * The length of the item that begins at {@code start}, which may lie beyond {@code end}; -1 when
   * that cannot be known yet. Each call must be given at least the bytes of the call before.
   */
  long length(byte[] bytes, int start, int end) {
    while (open > 0) {
      if (start + position >= end || !header(bytes, (int) (start + position), end)) {
        return -1;
      }
    }
    return position;
  }

  private boolean header(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    if (first < 0x80 || first >= 0xe0) {
      return item(1, 0);
    } else if (first < 0x90) {
      return item(1, 2L * (first & 0x0f));
    } else if (first < 0xa0) {
      return item(1, first & 0x0f);
    } else if (first < 0xc0) {
      return item(1 + (first & 0x1f), 0);
    }
    int digits = lengthBytes(first);
    if (at + digits >= end) {
      return false;
    }
    long count = number(bytes, at + 1, digits);
    return switch (first) {
      case 0xc0, 0xc2, 0xc3 -> item(1, 0);
      case 0xc4, 0xc5, 0xc6, 0xd9, 0xda, 0xdb -> item(1 + digits + count, 0);
      case 0xc7, 0xc8, 0xc9 -> item(2 + digits + count, 0);
      case 0xca, 0xce, 0xd2 -> item(5, 0);
      case 0xcb, 0xcf, 0xd3 -> item(9, 0);
      case 0xcc, 0xd0 -> item(2, 0);
      case 0xcd, 0xd1 -> item(3, 0);
      case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> item(2 + (1 << (first - 0xd4)), 0);
      case 0xdc, 0xdd -> item(1 + digits, count);
      case 0xde, 0xdf -> item(1 + digits, 2 * count);
      default -> throw new MalformedPayload("0xc1 begins no MessagePack value");
    };
  }

  private boolean item(long length, long children) {
    position += length;
    open += children - 1;
    return true;
  }

  /** How many bytes of a length follow the first byte. */
  private static int lengthBytes(int first) {
    return switch (first) {
      case 0xc4, 0xc7, 0xd9 -> 1;
      case 0xc5, 0xc8, 0xda, 0xdc, 0xde -> 2;
      case 0xc6, 0xc9, 0xdb, 0xdd, 0xdf -> 4;
      default -> 0;
    };
  }

  private static long number(byte[] bytes, int at, int digits) {
    long number = 0;
    for (int i = 0; i < digits; i++) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }
}

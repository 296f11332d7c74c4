package salt.common.event;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;

/**
 * Makes events fit {@code max_event_size}: large values give way to a marker, the largest first.
 *
 * <p>Real Salt measures values by what they take in Python's memory, so the same measure is used
 * here; lists are not looked into, and an event of many small values may stay too large.
 */
final class EventTrimmer {
  static final String MARKER = "VALUE_TRIMMED";

  /** Values above these parts of the limit go, in this order, until the event fits. */
  private static final int[] PERCENTAGES = {50, 40, 30, 20, 10};

  private static final int BYTES_OVERHEAD = 33;

  private final int limit;

  EventTrimmer(int limit) {
    this.limit = limit;
  }

  /** The event's map in the bin profile, trimmed where needed. */
  byte[] pack(Map<?, ?> data) {
    byte[] packed = MessagePack.BIN.pack(data);
    if (packed.length + BYTES_OVERHEAD <= limit) {
      return packed;
    }
    Map<?, ?> trimmed = data;
    for (int percentage : PERCENTAGES) {
      trimmed = trim(trimmed, limit * (percentage / 100.0), percentage < PERCENTAGES[0]);
      packed = MessagePack.BIN.pack(trimmed);
      if (packed.length + BYTES_OVERHEAD < limit) {
        break;
      }
    }
    return packed;
  }

  private static Map<Object, Object> trim(Map<?, ?> map, double most, boolean packedBefore) {
    Map<Object, Object> trimmed = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            trimmed.put(key, trim(inner, most, packedBefore));
          } else {
            trimmed.put(key, memory(value, packedBefore) > most ? MARKER : value);
          }
        });
    return trimmed;
  }

  /** What {@code value} alone, without what a list refers to, takes in CPython's memory. */
  private static long memory(Object value, boolean packedBefore) {
    if (value instanceof String text) {
      return text(text, packedBefore);
    } else if (value instanceof Bytes bytes) {
      return BYTES_OVERHEAD + (long) bytes.length();
    } else if (value instanceof List<?> items) {
      return 56 + 8L * items.size();
    } else if (value instanceof Double) {
      return 24;
    } else if (value instanceof BigInteger big) {
      return integer(big.bitLength());
    } else if (value instanceof Number number) {
      return integer(BigInteger.valueOf(number.longValue()).abs().bitLength());
    }
    return value == null ? 16 : 28;
  }

  private static long integer(int bits) {
    return 24 + 4L * Math.max(1, (bits + 29) / 30);
  }

  /**
   * Python stores a text with one, two or four bytes a character, by its widest one, and keeps the
   * UTF-8 of one that is not ASCII once it has been packed.
   */
  private static long text(String text, boolean packedBefore) {
    int widest = text.codePoints().max().orElse(0);
    long length = text.codePointCount(0, text.length());
    if (widest < 0x80) {
      return 49 + length;
    }
    long utf8 = packedBefore ? Bytes.utf8(text).length() + 1L : 0;
    if (widest < 0x100) {
      return 73 + length + utf8;
    }
    return utf8 + (widest < 0x10000 ? 74 + 2 * length : 76 + 4 * length);
  }
}

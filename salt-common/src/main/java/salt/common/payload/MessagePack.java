package salt.common.payload;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Salt's two ways of writing MessagePack, and the one way of reading both.
 *
 * <p>{@link #NETWORK} writes text and bytes alike in the old raw family (never str8, never bin), as
 * everything on port 4506 and everything the master signs is written. {@link #BIN} writes text with
 * str8 and bytes with bin, as the local event bus, the job cache and the other caches are.
 */
public enum MessagePack {
  /** Raw family only: ZeroMQ bodies, Crypticle plaintext, the bytes a master signs. */
  NETWORK(false),
  /** str8 and bin: event bus, job cache, other files. */
  BIN(true);

  /** How deep containers may nest before a payload is refused. */
  public static final int MAX_DEPTH = 128;

  private static final int EXT_DATETIME = 78;

  private final boolean bin;

  MessagePack(boolean bin) {
    this.bin = bin;
  }

  /**
   * Writes {@code value}.
   *
   * @throws MalformedPayload when it holds something that MessagePack cannot carry, or nests deeper
   *     than {@link #MAX_DEPTH}
   */
  public byte[] pack(Object value) {
    MessagePackOutput out = new MessagePackOutput(bin);
    pack(out, value, 0);
    return out.toBytes();
  }

  private static void pack(MessagePackOutput out, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedPayload("containers nest deeper than " + MAX_DEPTH);
    }
    if (value == null) {
      out.nil();
    } else if (value instanceof CharSequence text) {
      packText(out, text.toString());
    } else if (value instanceof Number number) {
      packNumber(out, number);
    } else if (value instanceof Boolean flag) {
      out.bool(flag);
    } else if (value instanceof Map<?, ?> map) {
      out.map(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        pack(out, entry.getKey(), depth + 1);
        pack(out, entry.getValue(), depth + 1);
      }
    } else if (value instanceof Collection<?> items) {
      out.array(items.size());
      for (Object item : items) {
        pack(out, item, depth + 1);
      }
    } else if (value instanceof Bytes bytes) {
      out.bytes(bytes.content());
    } else if (value instanceof LocalDateTime time) {
      packTime(out, time);
    } else if (value instanceof LocalDate date) {
      packTime(out, date.atStartOfDay());
    } else {
      throw new MalformedPayload("MessagePack has no form for a " + value.getClass().getName());
    }
  }

  private static void packText(MessagePackOutput out, String text) {
    if (hasLoneSurrogate(text)) {
      throw new MalformedPayload("text with half a surrogate pair has no form in UTF-8");
    }
    out.text(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static void packTime(MessagePackOutput out, LocalDateTime time) {
    out.extension(EXT_DATETIME, TimeText.FORMAT.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static void packNumber(MessagePackOutput out, Number number) {
    if (number instanceof Double || number instanceof Float) {
      out.float64(number.doubleValue());
    } else if (number instanceof BigInteger big) {
      packBig(out, big);
    } else {
      out.integer(number.longValue());
    }
  }

  private static void packBig(MessagePackOutput out, BigInteger big) {
    if (big.bitLength() < 64) {
      out.integer(big.longValue());
    } else if (big.signum() > 0 && big.bitLength() == 64) {
      out.uint64(big.longValue());
    } else {
      packText(out, big.toString());
    }
  }

  /** Made when a first time is met: most programs meet none. */
  private static final class TimeText {
    static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss.SSSSSS");
  }

  /**
   * Reads one value that must fill {@code content} to the end; reads both profiles.
   *
   * @throws MalformedPayload when it is cut short, has something behind its end, or nests too deep
   */
  public static Object unpack(byte[] content) {
    try (Reader reader =
        new Reader(org.msgpack.core.MessagePack.newDefaultUnpacker(content), content.length)) {
      Object value = reader.next();
      if (reader.hasNext()) {
        throw new MalformedPayload("there are bytes behind the end of the MessagePack value");
      }
      return value;
    }
  }

  /** Reads one value that must be a map; see {@link #unpack}. */
  public static Map<Object, Object> unpackMap(byte[] content) {
    Object value = unpack(content);
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    throw new MalformedPayload("expected a map, got " + Fields.typeName(value));
  }

  /** Reads values one after the other from a stream, as the event bus sends them. */
  public static final class Reader implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final MessageUnpacker unpacker;
    private final long end;

    /**
     * @param end how many bytes there are; {@link Long#MAX_VALUE} when only the stream knows
     */
    private Reader(MessageUnpacker unpacker, long end) {
      this.unpacker = unpacker;
      this.end = end;
    }

    /** Reads from {@code in}, which is closed with this reader. */
    public static Reader of(java.io.InputStream in) {
      return new Reader(org.msgpack.core.MessagePack.newDefaultUnpacker(in), Long.MAX_VALUE);
    }

    /** Whether another value begins. */
    public boolean hasNext() {
      try {
        return unpacker.hasNext();
      } catch (IOException e) {
        throw new MalformedPayload("the stream broke: " + e.getMessage(), e);
      }
    }

    /**
     * The next value.
     *
     * @throws MalformedPayload when there is none, or when it is broken or nests too deep
     */
    public Object next() {
      try {
        return value(0);
      } catch (IOException | MessagePackException e) {
        throw new MalformedPayload("not MessagePack, or cut short: " + e.getMessage(), e);
      }
    }

    private Object value(int depth) throws IOException {
      if (depth > MAX_DEPTH) {
        throw new MalformedPayload("containers nest deeper than " + MAX_DEPTH);
      }
      MessageFormat format = unpacker.getNextFormat();
      return switch (format.getValueType()) {
        case NIL -> {
          unpacker.unpackNil();
          yield null;
        }
        case BOOLEAN -> unpacker.unpackBoolean();
        case INTEGER ->
            format == MessageFormat.UINT64 ? unsigned() : (Object) unpacker.unpackLong();
        case FLOAT -> unpacker.unpackDouble();
        case STRING -> textOrBytes(raw(unpacker.unpackRawStringHeader()));
        case BINARY -> textOrBytes(raw(unpacker.unpackBinaryHeader()));
        case ARRAY -> list(depth);
        case MAP -> map(depth);
        case EXTENSION -> extension();
      };
    }

    /**
     * The next {@code length} bytes. A length is a claim: no more is allocated than what is there,
     * and from a stream the array grows with what came.
     */
    private byte[] raw(int length) throws IOException {
      requireLeft(length);
      byte[] content = new byte[Math.min(length, end == Long.MAX_VALUE ? PIECE : length)];
      int filled = 0;
      while (filled < length) {
        if (filled == content.length) {
          content = Arrays.copyOf(content, (int) Math.min(length, 2L * content.length));
        }
        unpacker.readPayload(content, filled, content.length - filled);
        filled = content.length;
      }
      return content;
    }

    private void requireLeft(long bytes) {
      if (bytes > end - unpacker.getTotalReadBytes()) {
        throw new MalformedPayload("cut short: a length of " + bytes + " goes beyond the end");
      }
    }

    private Object unsigned() throws IOException {
      BigInteger value = unpacker.unpackBigInteger();
      return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    private static Object textOrBytes(byte[] raw) {
      return Bytes.text(raw, 0, raw.length)
          .map(text -> (Object) text)
          .orElseGet(() -> Bytes.wrap(raw));
    }

    private List<Object> list(int depth) throws IOException {
      int size = unpacker.unpackArrayHeader();
      requireLeft(size);
      List<Object> items = new ArrayList<>(Math.min(size, 1024));
      for (int i = 0; i < size; i++) {
        items.add(value(depth + 1));
      }
      return items;
    }

    private Map<Object, Object> map(int depth) throws IOException {
      int size = unpacker.unpackMapHeader();
      requireLeft(2L * size);
      Map<Object, Object> map = new LinkedHashMap<>(Math.min(size, 1024) * 2);
      for (int i = 0; i < size; i++) {
        Object key = value(depth + 1);
        map.put(key, value(depth + 1));
      }
      return map;
    }

    private Object extension() throws IOException {
      ExtensionTypeHeader header = unpacker.unpackExtensionTypeHeader();
      byte[] payload = raw(header.getLength());
      if (header.getType() != EXT_DATETIME) {
        return textOrBytes(payload);
      }
      try {
        return LocalDateTime.parse(new String(payload, StandardCharsets.US_ASCII), TimeText.FORMAT);
      } catch (DateTimeParseException e) {
        throw new MalformedPayload("a time is not written as YYYYMMDDThh:mm:ss.ffffff", e);
      }
    }

    @Override
    public void close() {
      try {
        unpacker.close();
      } catch (IOException e) {
        throw new MalformedPayload("closing the stream failed: " + e.getMessage(), e);
      }
    }
  }
}

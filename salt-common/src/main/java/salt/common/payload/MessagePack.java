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
import org.msgpack.core.MessageBufferPacker;
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
  private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss.SSSSSS");

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
    try (MessageBufferPacker packer = newPacker()) {
      pack(packer, value, 0);
      return packer.toByteArray();
    } catch (IOException impossible) {
      throw new MalformedPayload("writing to memory failed", impossible);
    }
  }

  private MessageBufferPacker newPacker() {
    return new org.msgpack.core.MessagePack.PackerConfig()
        .withStr8FormatSupport(bin)
        .newBufferPacker();
  }

  private void pack(MessageBufferPacker packer, Object value, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new MalformedPayload("containers nest deeper than " + MAX_DEPTH);
    }
    if (value == null) {
      packer.packNil();
    } else if (value instanceof CharSequence text) {
      packText(packer, text.toString());
    } else if (value instanceof Number number) {
      packNumber(packer, number);
    } else if (value instanceof Boolean flag) {
      packer.packBoolean(flag);
    } else if (value instanceof Map<?, ?> map) {
      packer.packMapHeader(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        pack(packer, entry.getKey(), depth + 1);
        pack(packer, entry.getValue(), depth + 1);
      }
    } else if (value instanceof Collection<?> items) {
      packer.packArrayHeader(items.size());
      for (Object item : items) {
        pack(packer, item, depth + 1);
      }
    } else if (value instanceof Bytes bytes) {
      packBytes(packer, bytes.content());
    } else if (value instanceof LocalDateTime time) {
      packTime(packer, time);
    } else if (value instanceof LocalDate date) {
      packTime(packer, date.atStartOfDay());
    } else {
      throw new MalformedPayload("MessagePack has no form for a " + value.getClass().getName());
    }
  }

  private static void packText(MessageBufferPacker packer, String text) throws IOException {
    if (hasLoneSurrogate(text)) {
      throw new MalformedPayload("text with half a surrogate pair has no form in UTF-8");
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    packer.packRawStringHeader(utf8.length);
    packer.writePayload(utf8);
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

  private void packBytes(MessageBufferPacker packer, byte[] bytes) throws IOException {
    if (bin) {
      packer.packBinaryHeader(bytes.length);
    } else {
      packer.packRawStringHeader(bytes.length);
    }
    packer.writePayload(bytes);
  }

  private static void packTime(MessageBufferPacker packer, LocalDateTime time) throws IOException {
    byte[] ascii = DATETIME.format(time).getBytes(StandardCharsets.US_ASCII);
    packer.packExtensionTypeHeader((byte) EXT_DATETIME, ascii.length);
    packer.writePayload(ascii);
  }

  private static void packNumber(MessageBufferPacker packer, Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      packer.packDouble(number.doubleValue());
    } else if (number instanceof BigInteger big) {
      if (big.compareTo(MIN_INT64) < 0 || big.compareTo(MAX_UINT64) > 0) {
        packText(packer, big.toString());
      } else {
        packer.packBigInteger(big);
      }
    } else {
      packer.packLong(number.longValue());
    }
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
        return LocalDateTime.parse(new String(payload, StandardCharsets.US_ASCII), DATETIME);
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

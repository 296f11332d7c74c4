package salt.common.event;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * Events as bytes. The body is the tag, two line feeds and a map in the bin profile; on a stream it
 * is wrapped as {@code {head: {}, body: ...}}.
 */
final class EventCodec {
  private static final String STAMP = "_stamp";
  private static final byte LINE_FEED = '\n';

  private final EventTrimmer trimmer;
  private final Clock clock;

  EventCodec(int maxEventSize, Clock clock) {
    trimmer = new EventTrimmer(maxEventSize);
    this.clock = clock;
  }

  /** An event of now. */
  Event stamped(String tag, Map<?, ?> data) {
    if (tag.isEmpty()) {
      throw new IllegalArgumentException("an event needs a tag");
    }
    Map<Object, Object> stamped = new LinkedHashMap<>(data);
    stamped.put(STAMP, now());
    return new Event(tag, stamped);
  }

  private String now() {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    // As Python's isoformat writes it: no fraction when there are no microseconds.
    return (time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? Stamps.SECONDS : Stamps.MICROS)
        .format(time.atOffset(ZoneOffset.UTC));
  }

  /** Made when a first event is fired: who only listens needs none. */
  private static final class Stamps {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    static final DateTimeFormatter MICROS =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");
  }

  /** The body of {@code event}, trimmed to the size allowed. */
  byte[] body(Event event) {
    byte[] tag = (event.tag() + "\n\n").getBytes(StandardCharsets.UTF_8);
    byte[] data = trimmer.pack(event.data());
    byte[] body = Arrays.copyOf(tag, tag.length + data.length);
    System.arraycopy(data, 0, body, tag.length, data.length);
    return body;
  }

  /** One item of a stream. */
  static byte[] item(byte[] body) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("head", Map.of());
    item.put("body", Bytes.wrap(body));
    return MessagePack.BIN.pack(item);
  }

  /**
   * The body in an item of a stream.
   *
   * @throws MalformedPayload when there is none
   */
  static byte[] bodyOf(byte[] item) {
    return Fields.require("event frame", MessagePack.unpack(item)).bytes("body").toArray();
  }

  /**
   * The tag of a body.
   *
   * @throws MalformedPayload when it has none
   */
  static String tag(byte[] body) {
    return Bytes.wrap(Arrays.copyOf(body, endOfTag(body)))
        .text()
        .orElseThrow(() -> new MalformedPayload("event: the tag is not valid UTF-8"));
  }

  /**
   * Reads a body.
   *
   * @throws MalformedPayload when it is none
   */
  static Event read(byte[] body) {
    byte[] data = Arrays.copyOfRange(body, endOfTag(body) + 2, body.length);
    return new Event(tag(body), MessagePack.unpackMap(data));
  }

  private static int endOfTag(byte[] body) {
    for (int i = 0; i + 1 < body.length; i++) {
      if (body[i] == LINE_FEED && body[i + 1] == LINE_FEED) {
        return i;
      }
    }
    throw new MalformedPayload("event: there is no empty line behind the tag");
  }
}

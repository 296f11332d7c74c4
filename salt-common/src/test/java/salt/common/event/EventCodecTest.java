package salt.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import salt.common.config.Options;
import salt.common.payload.Bytes;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;
import salt.common.testing.Recorded;

/** Events as bytes, compared with what real Salt sends and does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class EventCodecTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00.123456789Z"), ZoneOffset.UTC);

  /** What the vectors write as {@code {"$b64": ...}}. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("$b64") instanceof String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        return Bytes.wrap(bytes).text().<Object>map(utf8 -> utf8).orElse(Bytes.wrap(bytes));
      }
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put(key, plain(item)));
      return plain;
    }
    return value instanceof List<?> items
        ? items.stream().map(EventCodecTest::plain).toList()
        : value;
  }

  @TestFactory
  Stream<DynamicTest> frames_of_a_real_master_are_read() {
    return Recorded.rows("/protocol/events.json", "events").stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.text("tag"),
                    () -> {
                      byte[] frame = Base64.getDecoder().decode(vector.text("frame_b64"));
                      Event event = EventCodec.read(EventCodec.bodyOf(frame));
                      assertThat(event.tag()).isEqualTo(vector.text("tag"));
                      assertThat(event.data()).isEqualTo(plain(vector.map("data")));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> frames_of_a_real_master_are_written_byte_for_byte() {
    return Recorded.rows("/protocol/events.json", "events").stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.text("tag"),
                    () -> {
                      byte[] frame = Base64.getDecoder().decode(vector.text("frame_b64"));
                      assertThat(EventCodec.item(EventCodec.bodyOf(frame))).isEqualTo(frame);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> large_events_are_trimmed_as_real_salt_does() {
    return Recorded.rows("/event/trim.json", "cases").stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.text("name"),
                    () -> {
                      EventTrimmer trimmer = new EventTrimmer((int) vector.integer("max", 0));
                      assertThat(MessagePack.unpackMap(trimmer.pack(vector.map("data"))))
                          .isEqualTo(vector.map("trimmed"));
                    }));
  }

  @Test
  void events_are_stamped_with_microseconds_in_utc() {
    Event event = new EventCodec(1000, NOON).stamped("tag", Map.of("a", 1));
    assertThat(event.fields().text("_stamp")).isEqualTo("2026-11-23T12:00:00.123456");
    Clock whole = Clock.fixed(Instant.parse("2026-11-23T12:00:00.000000999Z"), ZoneOffset.UTC);
    assertThat(new EventCodec(1000, whole).stamped("tag", Map.of()).data())
        .isEqualTo(Map.of("_stamp", "2026-11-23T12:00:00"));
  }

  @Test
  void bodies_without_tag_or_map_are_refused() {
    for (String body : List.of("", "tag", "tag\n", "tag\n\n", "tag\n\nxyz")) {
      assertThatThrownBy(() -> EventCodec.read(body.getBytes(StandardCharsets.UTF_8)))
          .as(body)
          .isInstanceOf(MalformedPayload.class);
    }
  }

  @TestFactory
  Stream<DynamicTest> streams_in_pieces_of_any_size_are_cut_into_items() {
    List<byte[]> items = new ArrayList<>();
    Recorded.rows("/protocol/events.json", "events")
        .forEach(vector -> items.add(Base64.getDecoder().decode(vector.text("frame_b64"))));
    items.add(MessagePack.BIN.pack(Map.of("head", Map.of(), "body", Bytes.wrap(new byte[70000]))));
    return Stream.of(EventFraming.values())
        .flatMap(
            framing ->
                Stream.of(1, 2, 3, 7, 100, 4096, 1 << 20)
                    .map(
                        size ->
                            DynamicTest.dynamicTest(
                                framing + " in pieces of " + size,
                                () ->
                                    assertThat(cut(framing, items, size))
                                        .isEqualTo(comparable(items)))));
  }

  private static List<Bytes> comparable(List<byte[]> items) {
    return items.stream().map(Bytes::wrap).toList();
  }

  private static List<Bytes> cut(EventFraming framing, List<byte[]> items, int size) {
    int length = items.stream().mapToInt(item -> framing.frame(item).length).sum();
    ByteBuffer stream = ByteBuffer.allocate(length);
    items.forEach(item -> stream.put(framing.frame(item)));
    stream.flip();
    FrameDecoder decoder = new FrameDecoder(1 << 20);
    List<byte[]> found = new ArrayList<>();
    while (stream.hasRemaining()) {
      int end = Math.min(stream.position() + size, stream.capacity());
      stream.limit(end);
      found.addAll(decoder.feed(stream));
      stream.limit(stream.capacity());
    }
    return comparable(found);
  }

  @Test
  void every_kind_of_item_is_measured() {
    Map<Object, Object> all = new LinkedHashMap<>();
    for (int size : new int[] {0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536}) {
      all.put("text" + size, "x".repeat(size));
      all.put("bytes" + size, Bytes.wrap(new byte[size]));
      all.put("list" + size, new ArrayList<>(List.of(new Object[size].length)));
    }
    List<Object> numbers = new ArrayList<>();
    for (int bits = 0; bits < 63; bits++) {
      numbers.add(1L << bits);
      numbers.add(-(1L << bits));
    }
    all.put("numbers", numbers);
    all.put("many", java.util.Collections.nCopies(70000, true));
    all.put(
        "other", java.util.Arrays.asList(null, 1.5, java.time.LocalDateTime.of(2026, 1, 1, 0, 0)));
    byte[] packed = MessagePack.BIN.pack(all);
    assertThat(new ItemScanner().length(packed, 0, packed.length)).isEqualTo(packed.length);
    byte[] old = MessagePack.NETWORK.pack(all);
    assertThat(new ItemScanner().length(old, 0, old.length)).isEqualTo(old.length);
  }

  @Test
  void streams_that_announce_too_much_are_refused_before_it_comes() {
    byte[] length = {0x7f, 0, 0, 0};
    byte[] bin = {(byte) 0xc6, 0x7f, 0, 0, 0};
    byte[] map = {(byte) 0xdf, (byte) 0xff, 0, 0, 0, (byte) 0xc6, 0x7f, 0, 0, 0};
    byte[] never = {(byte) 0xc1};
    for (byte[] start : List.of(length, bin, map, never)) {
      assertThatThrownBy(() -> new FrameDecoder(1 << 20).feed(ByteBuffer.wrap(start)))
          .isInstanceOf(MalformedPayload.class);
    }
  }

  @Test
  void sockets_have_the_names_of_real_salt() {
    Path directory = Path.of("/var/run/salt/minion");
    assertThat(EventSockets.minion(directory, "minion", "sha256").publish())
        .hasToString(directory.resolve("minion_event_" + sha256("minion") + "_pub.ipc").toString());
    assertThat(EventSockets.master(Path.of("/run")).pull())
        .hasToString("/run/master_event_pull.ipc");
    assertThat(EventSockets.minion(directory, "minion", "md5").pull())
        .hasToString(directory.resolve("minion_event_" + md5("minion") + "_pull.ipc").toString());
    assertThatThrownBy(() -> EventSockets.minion(directory, "minion", "crc"))
        .isInstanceOf(EventBusException.class)
        .hasMessageContaining("hash_type");
  }

  @Test
  void options_choose_between_unix_sockets_and_ports() {
    Options options =
        Options.of(
            Map.of(
                "sock_dir", "/run",
                "id", "m",
                "tcp_master_pub_port", 1,
                "tcp_master_pull_port", 2,
                "tcp_pub_port", 3,
                "tcp_pull_port", 4));
    Options ports = options.with("ipc_mode", "tcp");
    assertThat(EventSockets.master(options)).isEqualTo(EventSockets.master(Path.of("/run")));
    assertThat(EventSockets.minion(options))
        .isEqualTo(EventSockets.minion(Path.of("/run"), "m", "sha256"));
    assertThat(EventSockets.master(ports)).isEqualTo(EventSockets.ports(1, 2));
    assertThat(EventSockets.minion(ports)).isEqualTo(EventSockets.ports(3, 4));
  }

  private static String sha256(String text) {
    return hash("SHA-256", text);
  }

  private static String md5(String text) {
    return hash("MD5", text);
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance(algorithm)
              .digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.HexFormat.of().formatHex(digest).substring(0, 10);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_path_longer_than_the_system_allows_is_refused() {
    Path deep = Path.of("/" + "d".repeat(90));
    assertThatThrownBy(() -> EventSockets.master(deep))
        .isInstanceOf(EventBusException.class)
        .hasMessageContaining("sock_dir")
        .hasMessageContaining("107")
        .hasMessageContaining(deep.toString());
  }
}

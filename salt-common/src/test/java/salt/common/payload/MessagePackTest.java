package salt.common.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessagePackTest {
  @TestFactory
  Stream<DynamicTest> values_are_written_byte_for_byte_in_both_profiles() {
    return Vectors.rows("msgpack", "encode").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    Vectors.text(row, "name"),
                    () -> {
                      Object value = typed(row.get("value"));
                      assertThat(MessagePack.NETWORK.pack(value))
                          .isEqualTo(Vectors.hex(row, "wire_hex"));
                      assertThat(MessagePack.BIN.pack(value))
                          .isEqualTo(Vectors.hex(row, "bin_hex"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> values_are_read_as_salt_reads_them() {
    return Vectors.rows("msgpack", "encode").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    Vectors.text(row, "name"),
                    () ->
                        assertThat(MessagePack.unpack(Vectors.hex(row, "wire_hex")))
                            .isEqualTo(typed(row.get("wire_decoded_by_salt")))));
  }

  @TestFactory
  Stream<DynamicTest> foreign_forms_are_accepted() {
    return Vectors.rows("msgpack", "decode_only").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    Vectors.text(row, "name"),
                    () ->
                        assertThat(MessagePack.unpack(Vectors.hex(row, "hex")))
                            .isEqualTo(typed(row.get("decoded_by_salt")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db7fffffff61", // raw32 of 2 GiB
        "dbffffffff61", // raw32 of 4 GiB
        "c67fffffff61", // bin32
        "c97fffffff0561", // ext32
        "dd7fffffffc0", // array32
        "df7fffffffc0c0", // map32
        "dcffffc0", // array16
        "d9ff61", // str8
        "c1", // never used
        "", // nothing at all
        "c0c0", // two values
        "c7024e3132" // a time that is none
      })
  void lengths_beyond_the_end_and_other_nonsense_are_refused(String hex) {
    byte[] content = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> MessagePack.unpack(content)).isInstanceOf(MalformedPayload.class);
  }

  @Test
  void a_stream_that_ends_early_is_refused_without_allocating_what_it_claimed() {
    byte[] content = HexFormat.of().parseHex("db7fffffff616263");
    try (MessagePack.Reader reader = MessagePack.Reader.of(new ByteArrayInputStream(content))) {
      assertThatThrownBy(reader::next).isInstanceOf(MalformedPayload.class);
    }
  }

  @Test
  void a_large_value_comes_whole_from_a_stream() {
    String text = "x".repeat(300_000);
    byte[] content = MessagePack.NETWORK.pack(List.of(text, 1L));
    try (MessagePack.Reader reader = MessagePack.Reader.of(new ByteArrayInputStream(content))) {
      assertThat(reader.next()).isEqualTo(List.of(text, 1L));
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void nesting_has_a_limit() {
    byte[] content = new byte[1000];
    java.util.Arrays.fill(content, (byte) 0x91);
    assertThatThrownBy(() -> MessagePack.unpack(content))
        .isInstanceOf(MalformedPayload.class)
        .hasMessageContaining("deeper");
  }

  @Test
  void half_a_surrogate_pair_is_refused() {
    assertThatThrownBy(() -> MessagePack.NETWORK.pack("a\ud800b"))
        .isInstanceOf(MalformedPayload.class);
    assertThat(MessagePack.unpack(MessagePack.NETWORK.pack("\ud83d\ude00")))
        .isEqualTo("\ud83d\ude00");
  }

  @Test
  void a_replacement_character_is_text_and_broken_text_is_bytes() {
    assertThat(MessagePack.unpack(MessagePack.NETWORK.pack("a\ufffdb"))).isEqualTo("a\ufffdb");
    byte[] broken = {(byte) 0xa2, 'a', (byte) 0xff};
    assertThat(MessagePack.unpack(broken)).isEqualTo(Bytes.wrap(new byte[] {'a', (byte) 0xff}));
  }

  private static Object typed(Object description) {
    if ("nil".equals(description)) {
      return null;
    }
    Map.Entry<?, ?> only = ((Map<?, ?>) description).entrySet().iterator().next();
    Object value = only.getValue();
    return switch ((String) only.getKey()) {
      case "bool", "str" -> value;
      case "int" -> integer((String) value);
      case "float64" -> real((String) value);
      case "bytes_hex" -> Bytes.wrap(HexFormat.of().parseHex((String) value));
      case "list", "tuple" -> items(value);
      case "set" -> new LinkedHashSet<>(items(value));
      case "map" -> pairs(value);
      case "datetime" -> LocalDateTime.parse((String) value);
      case "date" -> LocalDate.parse((String) value);
      default -> throw new IllegalArgumentException(only.toString());
    };
  }

  private static Object integer(String digits) {
    BigInteger value = new BigInteger(digits);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private static double real(String text) {
    return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static List<Object> items(Object list) {
    List<Object> items = new ArrayList<>();
    ((List<?>) list).forEach(item -> items.add(typed(item)));
    return items;
  }

  private static Map<Object, Object> pairs(Object list) {
    Map<Object, Object> map = new LinkedHashMap<>();
    ((List<?>) list)
        .forEach(pair -> map.put(typed(((List<?>) pair).get(0)), typed(((List<?>) pair).get(1))));
    return map;
  }
}

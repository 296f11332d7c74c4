package salt.common.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonTest {
  @Test
  void what_is_read_is_written_the_same() {
    String text = "{\"a\": [1, 2.0, 1e+22, true, null, \"\u00e9\\n\\u0001\"], \"b\": {}}";
    assertThat(Json.write(Json.parse(text))).isEqualTo(text);
  }

  @Test
  void numbers_beyond_the_reals_are_read_and_written() {
    assertThat(Json.write(Json.parse("[NaN, Infinity, -Infinity]")))
        .isEqualTo("[NaN, Infinity, -Infinity]");
    assertThat(Json.parse("12345678901234567890"))
        .isEqualTo(new BigInteger("12345678901234567890"));
  }

  @Test
  void keys_that_are_no_text_are_spelt_out() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(null, 1L);
    map.put(true, 2L);
    map.put(1.5, 3L);
    assertThat(Json.write(map)).isEqualTo("{\"null\": 1, \"true\": 2, \"1.5\": 3}");
    assertThatThrownBy(() -> Json.write(Map.of(Bytes.utf8("a"), 1L)))
        .isInstanceOf(MalformedPayload.class)
        .hasMessageContaining("key");
  }

  @Test
  void what_json_has_no_form_for_is_refused_or_spelt_out() {
    List<Object> value = List.of(LocalDate.of(2020, 1, 2), Bytes.wrap(new byte[] {-1}));
    assertThatThrownBy(() -> Json.write(value)).isInstanceOf(MalformedPayload.class);
    assertThat(Json.write(value, JsonStyle.COMPACT.leniently()))
        .isEqualTo("[\"datetime.date(2020, 1, 2)\", \"b'\\\\xff'\"]");
  }

  @Test
  void ascii_escapes_everything_else() {
    assertThat(Json.write("\u00e9\u007f\ud83d\ude00", JsonStyle.COMPACT.inAscii()))
        .isEqualTo("\"\\u00e9\\u007f\\ud83d\\ude00\"");
  }

  @Test
  void separators_and_indentation_are_those_asked_for() {
    List<Object> value = List.of(1L, Map.of("a", List.of()));
    assertThat(Json.write(value, JsonStyle.COMPACT.separatedBy(",", ":")))
        .isEqualTo("[1,{\"a\":[]}]");
    assertThat(Json.write(value, JsonStyle.COMPACT.indentedBy("  ")))
        .isEqualTo("[\n  1,\n  {\n    \"a\": []\n  }\n]");
  }

  @Test
  void broken_text_is_reported_with_its_place() {
    assertThatThrownBy(() -> Json.parse("{\"a\":\n x}"))
        .isInstanceOf(MalformedPayload.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> Json.parse("1 2")).isInstanceOf(MalformedPayload.class);
  }
}

package salt.common.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PythonTextTest {
  static String resource(String name) throws IOException {
    try (InputStream in = PythonTextTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void floats_have_the_fewest_digits_that_read_back_the_same() throws IOException {
    resource("/python/floats.txt")
        .lines()
        .forEach(
            line -> {
              String[] parts = line.split(" ", 2);
              double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
              assertThat(PythonText.repr(value)).isEqualTo(parts[1]);
            });
  }

  @TestFactory
  Stream<DynamicTest> containers_look_as_in_python() throws IOException {
    List<?> cases = (List<?>) Recorded.value("/python/containers.json");
    return IntStream.range(0, cases.size())
        .mapToObj(
            i -> {
              Fields test = Fields.require("case", cases.get(i));
              return DynamicTest.dynamicTest(
                  "container " + i,
                  () -> {
                    Object data = test.any("data");
                    assertThat(PythonText.pretty(data, (int) test.integer("indent", 1)))
                        .isEqualTo(test.text("pretty"));
                    assertThat(PythonText.repr(data)).isEqualTo(test.text("repr"));
                    JsonStyle style = JsonStyle.COMPACT.inAscii().sorted().indentedBy("  ");
                    assertThat(Json.write(data, style)).isEqualTo(test.text("json"));
                  });
            });
  }

  @Test
  void text_is_quoted_with_whatever_needs_no_escape() {
    assertThat(PythonText.repr("it's")).isEqualTo("\"it's\"");
    assertThat(PythonText.repr("it's \"so\"")).isEqualTo("'it\\'s \"so\"'");
    assertThat(PythonText.repr("a\tb\\\u0001\u00a0\u200b\ud83d\ude00\ue000"))
        .isEqualTo("'a\\tb\\\\\\x01\\xa0\\u200b\ud83d\ude00\\ue000'");
  }

  @Test
  void every_type_has_pythons_spelling() {
    assertThat(PythonText.repr(Arrays.asList(null, true, false, 1L, Bytes.utf8("a'\n\u00e9"))))
        .isEqualTo("[None, True, False, 1, b\"a'\\n\\xc3\\xa9\"]");
    assertThat(PythonText.repr(Tuple.of(List.of(1L)))).isEqualTo("(1,)");
    assertThat(PythonText.repr(Tuple.of(List.of()))).isEqualTo("()");
    assertThat(PythonText.repr(Set.of())).isEqualTo("set()");
    assertThat(PythonText.repr(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo("{'b', 'a'}");
    assertThat(PythonText.repr(Map.of())).isEqualTo("{}");
    assertThat(PythonText.repr(LocalDate.of(2020, 1, 2))).isEqualTo("datetime.date(2020, 1, 2)");
    LocalDateTime time = LocalDateTime.of(2020, 1, 2, 3, 4, 0, 5000);
    assertThat(PythonText.repr(time)).isEqualTo("datetime.datetime(2020, 1, 2, 3, 4, 0, 5)");
    assertThat(PythonText.str(time)).isEqualTo("2020-01-02 03:04:00.000005");
    assertThat(PythonText.str("as it is")).isEqualTo("as it is");
  }

  @Test
  void lines_end_where_python_ends_them() {
    assertThat(PythonText.lines("a\r\nb\rc\u2028\u000bd\n"))
        .containsExactly("a", "b", "c", "", "d");
    assertThat(PythonText.lines("")).isEmpty();
  }

  @Test
  void keys_are_sorted_as_far_as_python_can() {
    assertThat(PythonOrder.sorted(List.of(10L, 2.5, true))).contains(List.of(true, 2.5, 10L));
    assertThat(PythonOrder.sorted(List.of("b", "\ud83d\ude00", "\uff00", "a")))
        .contains(List.of("a", "b", "\uff00", "\ud83d\ude00"));
    assertThat(PythonOrder.sorted(List.of("b", 1L))).isEmpty();
    Map<Object, Object> mixed = new LinkedHashMap<>();
    mixed.put("b", 1L);
    mixed.put(2L, null);
    mixed.put(null, true);
    assertThat(PythonText.pretty(mixed, 1)).isEqualTo("{None: True, 2: None, 'b': 1}");
  }
}

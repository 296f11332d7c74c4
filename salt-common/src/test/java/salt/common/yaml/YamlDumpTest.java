package salt.common.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Fields;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class YamlDumpTest {
  @TestFactory
  Stream<DynamicTest> values_are_written_as_salt_writes_them() {
    return Recorded.tests(
        "/conformance/yaml/dump.json",
        test ->
            assertThat(Yaml.dump(data(test), style(test.map("args"))))
                .isEqualTo(Fields.require("expect", test.any("expect")).text("text")));
  }

  private static Object data(Fields test) {
    return test.has("data")
        ? test.any("data")
        : withDates(Yaml.load(test.text("data_yaml")), new IdentityHashMap<>());
  }

  /** The data was read by plain YAML, which makes dates of what Salt leaves as text. */
  private static Object withDates(Object value, IdentityHashMap<Object, Object> done) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      if (done.putIfAbsent(value, copy) != null) {
        return done.get(value);
      }
      map.forEach((key, item) -> copy.put(key, withDates(item, done)));
      return copy;
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      if (done.putIfAbsent(value, copy) != null) {
        return done.get(value);
      }
      list.forEach(item -> copy.add(withDates(item, done)));
      return copy;
    } else if (value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\d")) {
      return LocalDate.parse(text);
    } else if (value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\d [0-9:]{8}")) {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    }
    return value;
  }

  private static DumpStyle style(Map<Object, Object> arguments) {
    DumpStyle style = DumpStyle.COMPACT;
    for (Map.Entry<Object, Object> argument : arguments.entrySet()) {
      Object value = argument.getValue();
      style =
          switch ((String) argument.getKey()) {
            case "default_flow_style" ->
                style.flowing((boolean) value ? DumpStyle.Flow.ALWAYS : DumpStyle.Flow.NEVER);
            case "indent" -> style.indentedBy(((Long) value).intValue());
            case "width" -> style.foldedAt(((Long) value).intValue());
            case "allow_unicode" -> style.inAscii();
            case "sort_keys" -> style.unsorted();
            case "explicit_start" -> style.withStart();
            case "default_style" -> style.withScalars(ScalarStyle.DOUBLE_QUOTED);
            case "Dumper" -> style;
            default -> throw new IllegalArgumentException("unknown argument " + argument.getKey());
          };
    }
    return style;
  }

  @Test
  void blocks_keep_their_lines_and_say_what_becomes_of_the_last_one() {
    DumpStyle literal = DumpStyle.BLOCK.withScalars(ScalarStyle.LITERAL);
    assertThat(Yaml.dump(List.of("a\nb\n", "a", "a\n\n", " a\n"), literal))
        .isEqualTo("- |\n  a\n  b\n- |-\n  a\n- |+\n  a\n\n- |2\n   a\n");
  }

  @Test
  void empty_containers_never_get_an_anchor() {
    assertThat(Yaml.dump(List.of(List.of(), List.of()), DumpStyle.BLOCK)).isEqualTo("- []\n- []\n");
  }
}

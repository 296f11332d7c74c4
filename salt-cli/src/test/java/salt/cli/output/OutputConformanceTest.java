package salt.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Fields;
import salt.common.testing.Recorded;
import salt.common.yaml.Yaml;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutputConformanceTest {
  private static final List<String> FILES =
      List.of(
          "highstate",
          "json",
          "key",
          "nested",
          "newline_values_only",
          "no_return",
          "pprint",
          "quiet",
          "raw",
          "selection",
          "table",
          "txt",
          "yaml");

  @TestFactory
  Stream<DynamicContainer> salt_printed_the_same() {
    return Recorded.suites("/conformance/output", FILES, OutputConformanceTest::check);
  }

  private static void check(Fields test) {
    Map<String, Object> options = new LinkedHashMap<>();
    // What every configuration of a master has.
    options.put("state_output", "full");
    options.put("state_verbose", true);
    options.put("state_output_profile", true);
    options.put("state_output_diff", false);
    test.map("opts").forEach((name, value) -> options.put((String) name, value));
    String out = test.text("out", null);
    assertThat(Outputters.render(out, data(test), OutputOptions.of(options, false)))
        .isEqualTo(Fields.require("expect", test.any("expect")).text("text"));
  }

  private static Object data(Fields test) {
    return test.has("data") ? test.any("data") : withDates(Yaml.load(test.text("data_yaml")));
  }

  /** The data was read by plain YAML, which makes dates of what Salt leaves as text. */
  private static Object withDates(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, withDates(item)));
      return copy;
    } else if (value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\d")) {
      return LocalDate.parse(text);
    }
    return value;
  }
}

package salt.common.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import salt.common.payload.Fields;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PatternsTest {
  @TestFactory
  Stream<DynamicTest> regular_expressions_are_those_of_Python() {
    Fields file = Recorded.fields("/pattern/regex.json");
    List<Object> texts = file.list("texts");
    return file.list("cases").stream()
        .map(item -> Fields.require("case", item))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "pattern " + each.text("pattern"), () -> checkRegex(each, texts)));
  }

  private static void checkRegex(Fields each, List<Object> texts) {
    if (each.has("error")) {
      assertThatThrownBy(() -> PythonRegex.compile(each.text("pattern")))
          .isInstanceOf(PatternProblem.class)
          .hasMessage(each.text("error"));
      return;
    }
    PythonRegex regex = PythonRegex.compile(each.text("pattern"));
    Map<Object, Object> expected = new LinkedHashMap<>();
    texts.forEach(text -> expected.put(text, Arrays.asList(text, null, null)));
    each.list("matches").forEach(match -> expected.put(((List<?>) match).get(0), match));
    List<Object> found = new ArrayList<>();
    for (Object text : texts) {
      Object start =
          regex
              .matchStart((String) text)
              .map(m -> List.of((long) m.end(), m.groups().subList(1, m.groups().size())))
              .orElse(null);
      Object anywhere =
          regex
              .find((String) text, 0)
              .map(m -> List.of((long) m.start(), (long) m.end()))
              .orElse(null);
      assertThat(regex.matchesStart((String) text)).isEqualTo(start != null);
      found.add(Arrays.asList(text, start, anywhere));
    }
    assertThat(found).isEqualTo(new ArrayList<>(expected.values()));
  }

  @TestFactory
  Stream<DynamicTest> globs_are_those_of_Python() {
    Fields file = Recorded.fields("/pattern/glob.json");
    return file.list("cases").stream()
        .map(item -> Fields.require("case", item))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "glob " + each.text("pattern"),
                    () -> {
                      Glob glob = Glob.of(each.text("pattern"));
                      assertThat(file.list("texts").stream().filter(t -> glob.matches((String) t)))
                          .isEqualTo(each.list("matches"));
                    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|a)*$",
        "(?:a|aa)+$",
        "(.*)*(.*)*(.*)*x",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(?:(?:a?){40}){40}b",
        "(?=(a+)+$)",
        "(?:|){100}(?:|){100}b",
      })
  void a_pattern_that_would_run_for_years_is_given_up(String pattern) {
    PythonRegex regex = PythonRegex.compile(pattern);
    assertThatThrownBy(() -> regex.matchesStart("a".repeat(60) + "!"))
        .isInstanceOf(PatternProblem.class)
        .hasMessage("the pattern takes too long to match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"((a{100}){100}){100}", "a{60000}", "(?:){100000}"})
  void a_pattern_that_would_fill_the_memory_is_refused(String pattern) {
    assertThatThrownBy(() -> PythonRegex.compile(pattern))
        .isInstanceOf(PatternProblem.class)
        .hasMessage("the pattern is too large");
  }

  @Test
  void groups_may_not_nest_without_end() {
    assertThatThrownBy(() -> PythonRegex.compile("(".repeat(5000) + ")".repeat(5000)))
        .isInstanceOf(PatternProblem.class)
        .hasMessageContaining("groups nest too deeply");
  }

  @Test
  void a_glob_of_many_stars_does_not_backtrack() {
    assertThat(Glob.of("*a".repeat(200)).matches("a".repeat(20_000) + "b")).isFalse();
  }

  @Test
  void long_texts_need_no_deep_stack() {
    assertThat(PythonRegex.compile("(?:ab|c)*$").matchesStart("ab".repeat(50_000))).isTrue();
  }
}

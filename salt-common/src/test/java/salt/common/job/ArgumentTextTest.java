package salt.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.payload.Fields;
import salt.common.payload.PythonText;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArgumentTextTest {
  @TestFactory
  Stream<DynamicTest> words_become_what_the_command_line_of_Salt_sends() {
    return Recorded.fields("/job/arguments.json").list("cases").stream()
        .map(item -> Fields.require("case", item))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.text("id") + " " + each.list("words"),
                    () -> {
                      Set<String> noParse = new HashSet<>();
                      each.list("no_parse").forEach(name -> noParse.add((String) name));
                      assertThat(PythonText.repr(ArgumentText.parse(each.list("words"), noParse)))
                          .isEqualTo(each.text("arg_python"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> captured_command_lines_give_what_was_published() {
    return Recorded.fields("/job/misc.json").list("kwarg_input").stream()
        .map(item -> Fields.require("case", item))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.list("argv").toString(),
                    () ->
                        assertThat(ArgumentText.parse(each.list("argv")))
                            .isEqualTo(each.list("arg"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[", "{{{{", "&x *x", "!!python/object:os.system x", "%YAML 9"})
  void what_is_no_YAML_stays_text(String text) {
    assertThat(ArgumentText.value(text)).isEqualTo(text);
  }

  @Test
  void brackets_without_end_do_no_harm() {
    String text = "[".repeat(100_000);
    assertThat(ArgumentText.value(text)).isEqualTo(text);
  }

  @Test
  void a_minion_takes_marked_maps_and_named_texts_apart() {
    Map<Object, Object> marked = new LinkedHashMap<>(Map.of("__kwarg__", true, "cwd", "/"));
    Arguments arguments =
        Arguments.ofPublication(
            java.util.Arrays.asList("1", "shell=[a, 1]", Map.of("x", 1L), null, "a=\nb", marked));
    assertThat(arguments.positional())
        .isEqualTo(java.util.Arrays.asList("1", Map.of("x", 1L), null, "a=\nb"));
    assertThat(arguments.keyword()).isEqualTo(Map.of("shell", List.of("a", 1L), "cwd", "/"));
  }

  @Test
  void a_map_whose_mark_is_not_true_is_an_argument() {
    Map<Object, Object> map = Map.of("__kwarg__", "yes", "cwd", "/");
    assertThat(Arguments.ofPublication(List.of(map)).positional()).isEqualTo(List.of(map));
  }
}

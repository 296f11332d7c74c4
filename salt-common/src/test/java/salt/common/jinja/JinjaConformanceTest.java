package salt.common.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Json;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JinjaConformanceTest {
  static final List<String> FILES =
      List.of(
          "arithmetic",
          "compare_logic",
          "container_methods",
          "features",
          "filters_builtin",
          "filters_salt",
          "filters_salt_dates",
          "formatting",
          "imports",
          "literals",
          "loops",
          "macros",
          "namespace_globals",
          "salt_calls",
          "sandbox",
          "serializers",
          "slicing",
          "sls_whole",
          "statements",
          "str_methods",
          "syntax_errors",
          "tests_builtin",
          "undefined",
          "undefined_allowed",
          "whitespace");

  /** What 3006.28 gives where that differs from the recorded 3006.0. */
  private static final Map<?, ?> NEWER = read("newer");

  @TestFactory
  Stream<DynamicNode> templates_render_as_in_salt() {
    return FILES.stream()
        .map(
            file ->
                DynamicContainer.dynamicContainer(
                    file,
                    cases(file).stream()
                        .map(each -> DynamicTest.dynamicTest(each.id(), () -> check(each)))));
  }

  static List<RecordedTemplate> cases(String file) {
    Map<?, ?> suite = read(file);
    List<RecordedTemplate> cases = new ArrayList<>();
    for (Object each : (List<?>) suite.get("cases")) {
      cases.add(new RecordedTemplate((Map<?, ?>) suite.get("defaults"), (Map<?, ?>) each));
    }
    return cases;
  }

  private static Map<?, ?> read(String file) {
    String path = "/conformance/jinja/" + file + ".json";
    try (InputStream in = JinjaConformanceTest.class.getResourceAsStream(path)) {
      return (Map<?, ?>) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void check(RecordedTemplate recorded) {
    Map<?, ?> expected = recorded.expected();
    Map<?, ?> otherwise = recorded.expectedOtherwise();
    boolean other =
        otherwise != null
            && (otherwise.containsKey("output") || otherwise.get("error") instanceof Map);
    if (other) {
      expected = otherwise;
    }
    if (NEWER.containsKey(recorded.id())) {
      expected = (Map<?, ?>) NEWER.get(recorded.id());
    }
    if (expected.containsKey("output")) {
      assertThat(plain(recorded.render()))
          .as(recorded.template())
          .isEqualTo(plain((String) expected.get("output")));
      return;
    }
    Map<?, ?> error = (Map<?, ?>) expected.get("error");
    TemplateProblem problem = catchThrowableOfType(TemplateProblem.class, recorded::render);
    assertThat(problem).as(recorded.template()).isNotNull();
    if ("internal".equals(error.get("kind"))) {
      assertThat(problem.getMessage()).isNotEmpty();
      return;
    }
    assertThat(problem.getMessage())
        .as(recorded.template())
        .isEqualTo(error.get("message").toString().replace("\0", ""));
    assertThat(problem.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(error.get("kind"));
    assertThat(problem.exception()).isEqualTo(error.get("exception"));
    assertThat((long) problem.line()).isEqualTo(error.get("line"));
    if (error.get("shown") != null) {
      assertThat(problem.shown()).isEqualTo(error.get("shown"));
    }
  }

  /** Without addresses of objects, which differ from run to run. */
  private static String plain(String text) {
    return text.replaceAll("0x(\\$ADDR|[0-9a-f]{6,})", "0x...");
  }
}

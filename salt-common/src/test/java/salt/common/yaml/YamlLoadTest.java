package salt.common.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Fields;
import salt.common.payload.PythonText;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class YamlLoadTest {
  private static final List<String> FILES =
      List.of("anchors_merge", "scalars_numbers", "scalars_words", "strings", "structure");

  @TestFactory
  Stream<DynamicContainer> salt_understands_the_same() {
    return Recorded.suites("/conformance/yaml", FILES, YamlLoadTest::check);
  }

  /** What libyaml did and what PyYAML alone did are both right. */
  private static void check(Fields test) {
    Set<String> accepted = new TreeSet<>();
    accepted.add(outcome(Fields.require("expect", test.any("expect"))));
    if (test.has("expect_pure_yaml")) {
      accepted.add(outcome(Fields.require("expect", test.any("expect_pure_yaml"))));
    }
    assertThat(accepted).contains(actual(test.text("yaml")));
  }

  private static String outcome(Fields expect) {
    if (expect.has("python")) {
      return expect.text("python");
    }
    Fields error = Fields.require("error", expect.any("error"));
    String kind = error.text("cause", error.text("type")).replace("KeyError", "ValueError");
    long line =
        error.has("mark") ? Fields.require("mark", error.any("mark")).integer("line", 0) : 0;
    return kind + " in line " + line + ": " + error.text("message");
  }

  private static String actual(String yaml) {
    Object value;
    try {
      value = Yaml.load(yaml);
    } catch (YamlProblem problem) {
      boolean placeless =
          problem.kind() == YamlProblem.Kind.VALUE || problem.kind() == YamlProblem.Kind.READER;
      String message =
          problem.kind() == YamlProblem.Kind.VALUE ? problem.getMessage() : problem.renderError();
      int line = placeless ? 0 : problem.line();
      return problem.kind().exception() + " in line " + line + ": " + message;
    }
    // The renderer gives an empty map for all that is empty.
    return PythonText.truth(value) ? PythonText.repr(value) : "{}";
  }
}

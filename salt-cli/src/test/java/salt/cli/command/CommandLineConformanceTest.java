package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.cli.option.CommandLine;
import salt.cli.option.OptionParser;
import salt.common.payload.PythonText;
import salt.common.testing.Recorded;

/** Command lines with what real Salt made of them; see {@code docs/conformance-cli.md}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineConformanceTest {
  /** Cases recorded from 3006.0 that 3006.28 answers differently, with what it answers. */
  private static final Map<String, Map<String, Object>> NEWER =
      Map.of("salt-call-055", expected("test.ping", Map.of("user", "u")));

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> salt() {
    return cases("salt", this::checkSalt);
  }

  @TestFactory
  Stream<DynamicTest> salt_key() {
    return cases("salt-key", this::checkKey);
  }

  @TestFactory
  Stream<DynamicTest> salt_call() {
    return cases("salt-call", (words, expect) -> checkFunction(new CallProgram(), words, expect));
  }

  @TestFactory
  Stream<DynamicTest> salt_run() {
    return cases("salt-run", (words, expect) -> checkFunction(new RunProgram(), words, expect));
  }

  private interface Check {
    void check(List<String> words, Map<?, ?> expect);
  }

  private static Stream<DynamicTest> cases(String program, Check check) {
    return ((List<?>) Recorded.map("/conformance/cli/" + program + ".json").get("cases"))
        .stream()
            .map(Map.class::cast)
            .map(
                item -> {
                  List<String> words =
                      ((List<?>) item.get("argv")).stream().map(String::valueOf).toList();
                  String id = (String) item.get("id");
                  Map<?, ?> expect =
                      NEWER.containsKey(id) ? NEWER.get(id) : mapOf(item.get("expect"));
                  return DynamicTest.dynamicTest(
                      id + " " + words, () -> check.check(words, expect));
                });
  }

  private void checkSalt(List<String> words, Map<?, ?> expect) {
    Caller.Outcome<SaltRequest> outcome = new Caller(directory).read(new SaltProgram(), words);
    if (refused(outcome, expect)) {
      return;
    }
    SaltRequest request = outcome.request();
    assertThat(request.target()).isEqualTo(expect.get("tgt"));
    assertThat(request.targetType()).isEqualTo(expect.get("tgt_type"));
    assertThat(request.fun()).isEqualTo(expect.get("fun"));
    checkOptions(new SaltProgram(), words, expect);
    assertThat(PythonText.repr(request.arg())).isEqualTo(expect.get("arg_python"));
  }

  private void checkKey(List<String> words, Map<?, ?> expect) {
    Caller.Outcome<KeyRequest> outcome = new Caller(directory).read(new KeyProgram(), words);
    if (refused(outcome, expect)) {
      return;
    }
    CommandLine line = new OptionParser(new KeyProgram().table(Map.of())).parse(words);
    assertThat(line.arguments()).isEqualTo(expect.get("args_left"));
    checkOptions(new KeyProgram(), words, expect);
  }

  private void checkFunction(
      Program<FunctionRequest> program, List<String> words, Map<?, ?> expect) {
    Caller.Outcome<FunctionRequest> outcome = new Caller(directory).read(program, words);
    if (refused(outcome, expect)) {
      return;
    }
    Object fun = expect.get("fun");
    assertThat(outcome.request().fun()).isEqualTo(fun == null ? "" : fun);
    assertThat(PythonText.repr(outcome.request().arg())).isEqualTo(expect.get("arg_python"));
    checkOptions(program, words, expect);
  }

  private static void checkOptions(Program<?> program, List<String> words, Map<?, ?> expect) {
    CommandLine line = new OptionParser(program.table(Map.of())).parse(words);
    Map<Object, Object> given = new LinkedHashMap<>();
    line.given().forEach(dest -> given.put(dest, line.value(dest)));
    assertThat(given).isEqualTo(expect.get("options"));
  }

  private static boolean refused(Caller.Outcome<?> outcome, Map<?, ?> expect) {
    if (!expect.containsKey("exit")) {
      assertThat(outcome.err()).isEmpty();
      return false;
    }
    assertThat((long) outcome.exit()).isEqualTo(expect.get("exit"));
    assertThat(outcome.err().strip()).endsWith((String) expect.get("stderr_last"));
    if (expect.get("stderr") instanceof String text) {
      assertThat(outcome.err().strip()).isEqualTo(text);
    }
    return true;
  }

  private static Map<String, Object> expected(String fun, Map<String, Object> options) {
    return Map.of("fun", fun, "arg_python", "[]", "options", options);
  }

  private static Map<?, ?> mapOf(Object value) {
    return (Map<?, ?>) value;
  }
}

package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Fields;
import salt.common.testing.RealSalt;
import salt.common.testing.Recorded;

/** Holds {@code salt-key} to what real Salt's printed and did on the same files. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyConformanceTest {
  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> salt_did_the_same() throws IOException {
    List<Fields> cases = Recorded.rows("/conformance/salt-key/cases.json", "cases");
    return IntStream.range(0, cases.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    i + ": salt-key " + words(cases.get(i)), () -> check(i, cases.get(i))));
  }

  /** Every third command line, with the Salt that is installed. */
  @TestFactory
  @Tag("interop")
  Stream<DynamicTest> salt_does_the_same() throws IOException {
    Path program = RealSalt.program("salt-key");
    List<Fields> cases = Recorded.rows("/conformance/salt-key/cases.json", "cases");
    return IntStream.range(0, cases.size())
        .filter(i -> i % 3 == 0)
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    i + ": salt-key " + words(cases.get(i)),
                    () -> compare(i, cases.get(i), program)));
  }

  private static List<String> words(Fields test) {
    return test.list("args").stream().map(String.class::cast).toList();
  }

  private KeyTree tree(String name, Fields test) throws IOException {
    Path root = directory.resolve(name);
    Files.createDirectory(root);
    return new KeyTree(root, test.text("config", ""), test.list("prepare"));
  }

  private void check(int number, Fields test) throws IOException {
    KeyTree.Outcome outcome = tree("ours" + number, test).run(words(test), test.text("stdin", ""));
    Map<String, String> changes = new TreeMap<>();
    test.map("changes").forEach((name, mode) -> changes.put((String) name, (String) mode));
    assertThat(shown(test, outcome))
        .isEqualTo(
            shown(
                test,
                new KeyTree.Outcome(
                    (int) test.integer("exit", 0), test.text("out"), test.text("err"), changes)));
  }

  private void compare(int number, Fields test, Path program)
      throws IOException, InterruptedException {
    String input = test.text("stdin", "");
    KeyTree.Outcome real = tree("real" + number, test).run(program, words(test), input);
    KeyTree.Outcome ours = tree("ours" + number, test).run(words(test), input);
    assertThat(shown(test, ours)).isEqualTo(shown(test, real));
  }

  /** New keys have new fingerprints; what is logged does not come by way of the terminal. */
  private static String shown(Fields test, KeyTree.Outcome outcome) {
    boolean made = words(test).contains("--gen-keys=new");
    String out =
        made
            ? outcome.out().replaceAll("(?:[0-9a-f]{2}:){31}[0-9a-f]{2}", "@PRINT@")
            : outcome.out();
    String err =
        outcome
            .err()
            // Python may complain while it ends.
            .replaceFirst("(?s)Exception ignored in.*", "")
            .lines()
            .filter(line -> !line.startsWith("[ERROR"))
            .collect(Collectors.joining("\n"));
    return "exit " + outcome.exit() + "\n" + out + "--\n" + err + "\n--\n" + outcome.changes();
  }
}

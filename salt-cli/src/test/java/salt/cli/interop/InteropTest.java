package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Visits all corners and prints the table of what came out. The system property {@code
 * salt.interop.only}, a regular expression on "release: corner: test", visits a part; the suite
 * then fails for the cells that stay empty.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropTest {
  private final Pattern only = Pattern.compile(System.getProperty("salt.interop.only", ""));
  private final Map<String, Trial> trials = Trials.all();
  private final ResultTable table = new ResultTable();
  private Installation installation;
  private Site site;

  @BeforeAll
  void find_programs() {
    installation = Installation.ofThisBuild();
  }

  @AfterAll
  void print_the_table() {
    leave();
    System.out.println(table.text());
  }

  @TestFactory
  List<DynamicNode> every_corner() {
    Map<Corner, List<String>> plan = new LinkedHashMap<>();
    for (Corner corner : Matrix.corners()) {
      for (String trial : Matrix.trials(corner)) {
        if (only.matcher(corner.release() + ": " + corner + ": " + trial).find()) {
          table.expect(corner, trial);
          plan.computeIfAbsent(corner, any -> new ArrayList<>()).add(trial);
        }
      }
    }
    List<DynamicNode> nodes = new ArrayList<>();
    plan.forEach((corner, names) -> nodes.add(visit(corner, names)));
    nodes.add(DynamicTest.dynamicTest("no cell of the table is empty", this::nothingIsEmpty));
    return nodes;
  }

  private void nothingIsEmpty() {
    assertThat(table.empty()).isEmpty();
  }

  private DynamicContainer visit(Corner corner, List<String> names) {
    return DynamicContainer.dynamicContainer(
        corner.release() + ": " + corner,
        names.stream().map(name -> DynamicTest.dynamicTest(name, () -> run(corner, name))));
  }

  private void run(Corner corner, String name) throws Exception {
    table.note(corner, name, "FAILED");
    long begin = System.nanoTime();
    Console console = new Console(at(corner), corner.cli());
    trials.get(name).run(console);
    table.note(corner, name, "ok %.1fs".formatted((System.nanoTime() - begin) / 1e9));
  }

  /** The site of the corner's master and minions; the one before is closed. */
  private Site at(Corner corner) {
    if (site == null || !site.corner().withCli(corner.cli()).equals(corner)) {
      leave();
      site = new Site(installation, corner);
    }
    return site;
  }

  private void leave() {
    if (site != null) {
      site.close();
      site = null;
    }
  }
}

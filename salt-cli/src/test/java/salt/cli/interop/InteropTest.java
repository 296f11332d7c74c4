package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Visits all corners and prints the table of what came out. The system property {@code
 * salt.interop.only}, a regular expression on "release: corner: test", visits a part; {@code
 * salt.interop.sites} says how many masters with their minions run at a time.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropTest {
  private final Pattern only = Pattern.compile(System.getProperty("salt.interop.only", ""));
  private final ExecutorService sites =
      Executors.newFixedThreadPool(Integer.getInteger("salt.interop.sites", 3));
  private final ResultTable table = new ResultTable();

  @AfterAll
  void print_the_table() {
    sites.shutdownNow();
    System.out.println(table.text());
  }

  @TestFactory
  List<DynamicNode> every_corner() {
    Installation installation = Installation.ofThisBuild();
    Map<Corner, List<Cell>> plan = new LinkedHashMap<>();
    for (Cell cell : Matrix.cells()) {
      if (only.matcher(cell.toString()).find()) {
        table.expect(cell);
        plan.computeIfAbsent(cell.corner().site(), any -> new ArrayList<>()).add(cell);
      }
    }
    List<DynamicNode> nodes = new ArrayList<>();
    plan.values().forEach(cells -> nodes.add(visit(new Visit(installation, cells, table), cells)));
    nodes.add(DynamicTest.dynamicTest("no cell of the table is empty", this::nothingIsEmpty));
    return nodes;
  }

  private void nothingIsEmpty() {
    assertThat(table.empty()).isEmpty();
  }

  /** Begins a visit when its turn comes; its tests wait for what it finds. */
  private DynamicContainer visit(Visit visit, List<Cell> cells) {
    sites.execute(visit);
    List<DynamicTest> tests =
        cells.stream()
            .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> visit.await(cell)))
            .collect(Collectors.toCollection(ArrayList::new));
    tests.add(DynamicTest.dynamicTest("everything ends", visit::awaitEnd));
    return DynamicContainer.dynamicContainer(cells.get(0).corner().siteName(), tests);
  }
}

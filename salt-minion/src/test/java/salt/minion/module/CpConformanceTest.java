package salt.minion.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/conformance-cmd.md} says why some cases are left out. */
class CpConformanceTest {
  private static final List<String> LEFT =
      List.of(
          "cp-033-cp_list_minion",
          "cp-042-cp_get_file",
          "cp-047-cp_get_template",
          "cp-048-cp_get_template",
          "cp-049-cp_get_template",
          "cp-050-cp_get_template");

  @TestFactory
  Stream<DynamicTest> recorded_calls(@TempDir Path scratch) throws IOException {
    return new ModuleConformance("cp.json", scratch).tests(LEFT);
  }
}

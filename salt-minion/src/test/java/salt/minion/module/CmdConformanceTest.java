package salt.minion.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/conformance-cmd.md} says why some cases are left out. */
class CmdConformanceTest {
  private static final List<String> LEFT =
      List.of("cmd-017-cmd_run", "cmd-018-cmd_run", "cmd-051-cmd_script", "cmd-055-cmd_script");

  @TestFactory
  Stream<DynamicTest> recorded_calls(@TempDir Path scratch) throws IOException {
    return new ModuleConformance("cmd.json", scratch).tests(LEFT);
  }
}

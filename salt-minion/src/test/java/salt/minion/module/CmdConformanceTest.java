package salt.minion.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CmdConformanceTest {
  @TestFactory
  Stream<DynamicTest> recorded_calls(@TempDir Path scratch) throws IOException {
    return new ModuleConformance("cmd.json", scratch).tests(List.of());
  }
}

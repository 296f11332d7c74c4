package salt.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EarlyLoggingTest {
  @Test
  void logback_starts_with_warnings_on_stderr_and_no_xml() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("[WARNING ] early")
        .doesNotContain("too small")
        .doesNotContain("JoranConfigurator");
  }

  /** The daemon of the test above. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      LoggerFactory.getLogger("salt").info("too small");
      LoggerFactory.getLogger("salt").warn("early");
    }
  }
}

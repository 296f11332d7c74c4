package salt.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLoggersTest {
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final CommandLoggers loggers =
      new CommandLoggers(new PrintStream(stderr, true, StandardCharsets.UTF_8));

  @Test
  void warnings_and_worse_are_written_until_the_level_is_changed() {
    Logger logger = loggers.getLogger("salt.cli");
    logger.info("hidden");
    logger.warn("seen {} and {}", 1, "two");
    loggers.setLevel(LogLevel.DEBUG);
    logger.debug("now seen");
    loggers.setLevel(LogLevel.QUIET);
    logger.error("hidden");
    assertThat(stderr.toString(StandardCharsets.UTF_8))
        .isEqualTo("[WARNING ] seen 1 and two\n[DEBUG   ] now seen\n");
  }

  @Test
  void a_stack_trace_follows_its_line() {
    loggers.getLogger("a").error("broken", new IllegalStateException("cause"));
    assertThat(stderr.toString(StandardCharsets.UTF_8))
        .startsWith("[ERROR   ] broken\njava.lang.IllegalStateException: cause\n\tat ");
  }

  private static LogSettings file(Path path, String level) {
    return LogSettings.of(
        Options.of(
            Map.of(
                "log_file",
                path.toString(),
                "log_level_logfile",
                level,
                "log_fmt_logfile",
                "%(levelname)s %(name)s %(module)s %(message)s")));
  }

  @Test
  void a_log_file_has_a_level_of_its_own_and_appears_with_its_first_line(@TempDir Path folder)
      throws Exception {
    Path path = folder.resolve("logs/key");
    loggers.setFile(file(path, "info"));
    Logger logger = loggers.getLogger("salt.cli");
    logger.debug("hidden");
    assertThat(path).doesNotExist();
    logger.info("in the file");
    logger.warn("in both", new IllegalStateException("cause"));
    assertThat(Files.readString(path))
        .startsWith(
            """
            INFO salt.cli CommandLoggersTest in the file
            WARNING salt.cli CommandLoggersTest in both
            java.lang.IllegalStateException: cause
            """);
    assertThat(stderr.toString(StandardCharsets.UTF_8)).startsWith("[WARNING ] in both\n");
  }

  @Test
  void a_log_file_that_cannot_be_written_is_told_once(@TempDir Path folder) {
    loggers.setFile(file(folder, "info"));
    loggers.getLogger("a").info("one");
    loggers.getLogger("a").info("two");
    assertThat(stderr.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("[WARNING ] Cannot write to the log file " + folder);
  }

  @Test
  void the_property_of_the_launcher_chooses_this_provider_and_no_logback() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dslf4j.provider=" + CommandLoggingProvider.class.getName(),
                    "-Xlog:class+load",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("[WARNING ] from a command").doesNotContain("ch.qos.logback");
  }

  /** The command of the test above. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      LoggerFactory.getLogger("salt").warn("from a command");
    }
  }
}

package salt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands log, as the options of their command line say. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLogTest {
  @TempDir Path directory;

  private Path configuration;
  private Path included;

  @BeforeEach
  void configure() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("etc/minion.d"));
    configuration = folder.resolveSibling("minion");
    included = folder.resolve("more.conf");
    Files.writeString(
        configuration, "root_dir: " + directory + "\nid: m1\nfile_client: local\nlog_file: log\n");
    Files.writeString(included, "grains: {role: web}\n");
  }

  @Test
  void debug_lines_name_the_files_of_the_configuration_in_their_order() throws Exception {
    assertThat(call("-l", "debug", "test.ping"))
        .contains(
            "[DEBUG   ] Reading configuration from " + configuration,
            "[DEBUG   ] Reading configuration from " + included);
  }

  @Test
  void without_the_option_they_stay_away() throws Exception {
    assertThat(call("test.ping")).noneMatch(line -> line.startsWith("[DEBUG"));
  }

  /** The lines of standard error. */
  private List<String> call(String... words) throws Exception {
    Path program = DaemonProcess.distribution(directory.resolve("salt")).resolve("bin/salt-call");
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "-c", configuration.getParent().toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().toList();
  }
}

package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceUnitTest {
  @TempDir Path folder;

  private static String unit(String name) throws IOException {
    return Files.readString(Path.of("..", "conf", name + ".service"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"salt-master", "salt-minion"})
  void a_unit_waits_for_readiness_and_takes_the_end_of_the_jvm_for_success(String name)
      throws IOException {
    assertThat(unit(name).lines())
        .contains(
            "Type=notify",
            "NotifyAccess=all",
            "ExecStart=/usr/bin/" + name,
            "SuccessExitStatus=143",
            "Restart=on-failure");
  }

  @Test
  void stopping_a_minion_leaves_programs_of_its_jobs_alone() throws IOException {
    assertThat(unit("salt-minion").lines()).contains("KillMode=process", "OOMPolicy=continue");
  }

  @Tag("interop")
  @ParameterizedTest
  @ValueSource(strings = {"salt-master", "salt-minion"})
  void systemd_finds_nothing_wrong(String name) throws Exception {
    Path copy = folder.resolve(name + ".service");
    // The program need not be installed where this test runs.
    Files.writeString(copy, unit(name).replaceAll("(?m)^ExecStart=.*$", "ExecStart=/bin/true"));
    Process process =
        new ProcessBuilder(List.of("systemd-analyze", "verify", copy.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain(name);
  }
}

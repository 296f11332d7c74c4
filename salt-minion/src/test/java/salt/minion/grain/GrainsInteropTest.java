package salt.minion.grain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.payload.Json;
import salt.common.testing.RealSalt;

/** Compares our grains with real Salt's on the machine that the test runs on. */
@Tag("interop")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GrainsInteropTest {
  /** Grains that must differ: they tell of the process, or of the one installation. */
  private static final Set<String> OF_THE_PROCESS = Set.of("pid", "saltpath", "cwd");

  @Test
  void grains_that_both_have_are_equal(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path minion = folder.resolve("minion");
    Files.writeString(
        minion,
        """
        id: web1.example.com
        master: salt.example.com
        file_client: local
        root_dir: %s
        grains: {role: web, dc: {rack: 7}}
        grains_blacklist: [zfs*]
        """
            .formatted(folder));
    Files.writeString(folder.resolve("grains"), "tier: front\nrole: never\n");
    Map<String, Object> real = real(folder);
    Map<String, Object> ours =
        new Grains(
                Options.of(
                    Map.of(
                        "id", "web1.example.com",
                        "master", "salt.example.com",
                        "conf_file", minion.toString(),
                        "grains", Map.of("role", "web", "dc", Map.of("rack", 7L)),
                        "grains_blacklist", java.util.List.of("zfs*"))))
            .collect();
    Map<String, Object> differing = new TreeMap<>();
    ours.forEach(
        (name, value) -> {
          Object other = Json.parse(Json.write(value));
          if (real.containsKey(name)
              && !OF_THE_PROCESS.contains(name)
              && !other.equals(real.get(name))) {
            differing.put(name, other + " instead of " + real.get(name));
          }
        });
    assertThat(differing).isEmpty();
    assertThat(ours.keySet())
        .containsAll(
            real.keySet().stream()
                .filter(name -> !name.startsWith("python") && !name.equals("zmqversion"))
                .toList());
    assertThat(real.keySet()).containsAll(ours.keySet());
  }

  private static Map<String, Object> real(Path folder) throws IOException, InterruptedException {
    Path program = RealSalt.program("salt-call");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--local",
                "--config-dir=" + folder,
                "--out=json",
                "--log-level=quiet",
                "grains.items")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<?, ?> local = (Map<?, ?>) ((Map<?, ?>) Json.parse(output)).get("local");
    Map<String, Object> named = new TreeMap<>();
    local.forEach((name, value) -> named.put((String) name, value));
    return named;
  }
}

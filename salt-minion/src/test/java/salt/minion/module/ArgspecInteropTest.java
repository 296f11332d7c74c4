package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Json;
import salt.common.testing.RealSalt;

/**
 * Compares what every function that we have takes with what real Salt's function of that name
 * takes. Covers new modules without a change here.
 */
@Tag("interop")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArgspecInteropTest {
  /** Defaults that real Salt fills in from the machine it runs on. */
  private static final Set<String> DEFAULT_OF_THE_MACHINE = Set.of("shell");

  @Test
  void every_function_takes_what_it_takes_in_real_salt(@TempDir Path folder)
      throws IOException, InterruptedException {
    Map<?, ?> ours = ours();
    Map<?, ?> real = real(folder);
    Map<String, String> differing = new TreeMap<>();
    ours.forEach(
        (name, spec) -> {
          Object expected = real.get(name);
          if (!spec.equals(withoutMachine(spec, expected))) {
            differing.put((String) name, spec + " instead of " + expected);
          }
        });
    assertThat(differing).isEmpty();
  }

  private static Map<?, ?> ours() {
    FixedMinion minion = new FixedMinion(Map.of(), Map.of(), Map.of());
    return (Map<?, ?>) Json.parse(Json.write(minion.call("sys.argspec", List.of(), Map.of())));
  }

  /** The spec of real Salt, with our defaults where its own are those of the machine. */
  private static Object withoutMachine(Object ours, Object real) {
    if (!(real instanceof Map<?, ?> spec) || !(spec.get("defaults") instanceof List<?> defaults)) {
      return real;
    }
    List<?> names = (List<?>) spec.get("args");
    Map<String, Object> changed = new TreeMap<>();
    spec.forEach((key, value) -> changed.put((String) key, value));
    List<Object> values = new ArrayList<>(defaults);
    if (((Map<?, ?>) ours).get("defaults") instanceof List<?> own && own.size() == values.size()) {
      for (int i = 0; i < values.size(); i++) {
        if (DEFAULT_OF_THE_MACHINE.contains(names.get(names.size() - values.size() + i))) {
          values.set(i, own.get(i));
        }
      }
    }
    changed.put("defaults", values);
    return changed;
  }

  private static Map<?, ?> real(Path folder) throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("minion"), "id: web1\nfile_client: local\nroot_dir: " + folder + "\n");
    Path program = RealSalt.program("salt-call");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--local",
                "--config-dir=" + folder,
                "--out=json",
                "--log-level=quiet",
                "sys.argspec",
                "*")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return (Map<?, ?>) ((Map<?, ?>) Json.parse(output)).get("local");
  }
}

package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import salt.common.payload.Json;
import salt.common.testing.RealSalt;

/** Real Salt loads the same trees of files to the same options. */
@Tag("interop")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigInteropTest {
  /** What depends on the process that loads: the name of the program. */
  private static final Set<String> OF_THE_PROCESS = Set.of("__cli");

  private static final String LOAD =
      """
      import json, sys
      from collections.abc import Mapping
      import salt.config
      load = salt.config.master_config if sys.argv[1] == "master" else salt.config.minion_config
      def plain(value):
          if isinstance(value, Mapping):
              return {str(k): plain(v) for k, v in value.items()}
          if isinstance(value, (list, tuple)) or type(value).__name__ == "ImmutableList":
              return [plain(v) for v in value]
          return value
      print(json.dumps(plain(load(sys.argv[2]))))
      """;

  @TempDir Path folder;

  static Stream<ConfigTree> trees() throws IOException {
    return ConfigTree.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trees")
  void options_equal_those_of_real_salt(ConfigTree tree) throws Exception {
    tree.write(folder);
    ConfigLoader loader =
        new ConfigLoader(OptionCatalog.read(), Surroundings.ofThisProcess("salt"), Set.of());
    LoadedConfig ours =
        tree.side().equals("master") ? loader.master(folder) : loader.caller(folder);
    Map<String, Object> real = comparable(real(tree.side()));
    assertThat(differences(comparable(ours.options().asMap()), real)).isEmpty();
  }

  private static Map<String, String> differences(
      Map<String, Object> ours, Map<String, Object> real) {
    Set<String> names = new LinkedHashSet<>(ours.keySet());
    names.addAll(real.keySet());
    Map<String, String> differences = new LinkedHashMap<>();
    for (String name : names) {
      String one = ours.containsKey(name) ? String.valueOf(ours.get(name)) : "missing";
      String other = real.containsKey(name) ? String.valueOf(real.get(name)) : "missing";
      if (!one.equals(other)) {
        differences.put(name, "ours " + one + ", real " + other);
      }
    }
    return differences;
  }

  private Map<String, Object> real(String side) throws IOException, InterruptedException {
    String python = RealSalt.program("python").toString();
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(List.of(python, "-c", LOAD, side, folder.resolve(side).toString()))
            .redirectError(errors.toFile())
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).as(Files.readString(errors)).startsWith("{");
    return Python.textKeys((Map<?, ?>) Json.parse(output));
  }

  private static Map<String, Object> comparable(Map<?, ?> options) {
    Map<String, Object> result = new LinkedHashMap<>();
    options.forEach((name, value) -> result.put(name.toString(), plain(value)));
    OF_THE_PROCESS.forEach(result::remove);
    return result;
  }

  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> result = new TreeMap<>();
      map.forEach((key, item) -> result.put(Python.text(key), plain(item)));
      return result;
    } else if (value instanceof List<?> list) {
      return list.stream().map(ConfigInteropTest::plain).toList();
    }
    return value instanceof Long number ? (Object) number.doubleValue() : value;
  }
}

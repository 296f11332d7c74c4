package salt.minion.grain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Json;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DistributionGrainsTest {
  @TempDir private Path root;

  private static Object recorded(String file) throws IOException {
    try (InputStream content = DistributionGrainsTest.class.getResourceAsStream(file)) {
      return Json.parse(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * {@code distributions.json} holds files, and the grains that real Salt 3006.28 gave for them.
   */
  @TestFactory
  Stream<DynamicTest> a_distribution_has_the_names_that_salt_gives_it() throws IOException {
    List<?> cases = (List<?>) recorded("/grains/distributions.json");
    return cases.stream()
        .map(one -> (Map<?, ?>) one)
        .map(one -> DynamicTest.dynamicTest((String) one.get("id"), () -> distribution(one)));
  }

  private void distribution(Map<?, ?> one) throws IOException {
    Path own = Files.createTempDirectory(root, "machine");
    for (Map.Entry<?, ?> file : ((Map<?, ?>) one.get("files")).entrySet()) {
      Path path = own.resolve(((String) file.getKey()).substring(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, (String) file.getValue());
    }
    Map<Object, Object> grains =
        new LinkedHashMap<>(new DistributionGrains(new Machine(own, Map.of())).collect());
    grains.remove("osarch");
    assertThat(grains).isEqualTo(one.get("expect"));
  }

  /** {@code names.json} holds what real Salt 3006.28 made of the names of distributions. */
  @TestFactory
  Stream<DynamicTest> a_name_tells_the_distribution_and_its_family() throws IOException {
    Map<?, ?> names = (Map<?, ?>) recorded("/grains/names.json");
    Distributions distributions = new Distributions();
    return names.entrySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    (String) name.getKey(),
                    () -> {
                      String os = distributions.os((String) name.getKey());
                      assertThat(List.of(os, distributions.family(os))).isEqualTo(name.getValue());
                    }));
  }

  @Test
  void debian_has_its_own_names_of_architectures() throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("proc/sys/kernel"));
    Files.writeString(root.resolve("proc/sys/kernel/arch"), "aarch64\n");
    Files.writeString(root.resolve("etc/os-release"), "NAME=\"Debian GNU/Linux\"\nID=debian\n");
    assertThat(new DistributionGrains(new Machine(root, Map.of())).collect())
        .containsEntry("osarch", "arm64");
    Files.writeString(root.resolve("etc/os-release"), "NAME=\"Rocky Linux\"\nID=rocky\n");
    assertThat(new DistributionGrains(new Machine(root, Map.of())).collect())
        .containsEntry("osarch", "aarch64");
  }
}

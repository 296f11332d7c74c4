package salt.minion.grain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.payload.Json;

/** Hardware, firmware and virtual machines, as files and programs show them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MachineGrainsTest {
  private static final String A_PROCESSOR = "processor\t: 0\nmodel name\t: Xeon\nflags\t: fpu\n\n";

  @TempDir private Path root;

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /**
   * {@code machines.json} holds files and programs of machines, and grains that real Salt 3006.28
   * gave for them; null is a grain that was not there.
   */
  @TestFactory
  Stream<DynamicTest> a_machine_has_the_grains_that_salt_gives_it() throws IOException {
    List<?> cases;
    try (InputStream file = MachineGrainsTest.class.getResourceAsStream("/grains/machines.json")) {
      cases = (List<?>) Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
    return cases.stream()
        .map(MachineGrainsTest::map)
        .map(one -> DynamicTest.dynamicTest((String) one.get("id"), () -> check(one)));
  }

  private void check(Map<?, ?> one) throws IOException {
    Path own = Files.createTempDirectory(root, "machine");
    write(own, "/proc/cpuinfo", A_PROCESSOR);
    for (Map.Entry<?, ?> file : map(one.get("files")).entrySet()) {
      write(own, (String) file.getKey(), file.getValue());
    }
    for (Map.Entry<?, ?> program : map(one.get("programs")).entrySet()) {
      Path path = write(own, "/bin/" + program.getKey(), "#!/bin/sh\n" + program.getValue());
      assertThat(path.toFile().setExecutable(true)).isTrue();
    }
    if (one.get("dirs") instanceof List<?> folders) {
      for (Object folder : folders) {
        Files.createDirectories(own.resolve(((String) folder).substring(1)));
      }
    }
    Map<String, Object> grains = collect(own);
    map(one.get("grains"))
        .forEach((grain, value) -> assertThat(grains.get(grain)).as("%s", grain).isEqualTo(value));
  }

  private static Path write(Path own, String name, Object content) throws IOException {
    Path path = own.resolve(name.substring(1));
    Files.createDirectories(path.getParent());
    if (content instanceof Map<?, ?> link) {
      return Files.createSymbolicLink(path, Path.of((String) link.get("link")));
    }
    return Files.writeString(path, (String) content);
  }

  private static Map<String, Object> collect(Path own) {
    Machine machine = new Machine(own, Map.of("PATH", "/bin"));
    Map<String, Object> grains = new HashMap<>(new FirmwareGrains(machine).collect());
    grains.putAll(new HardwareGrains(machine, Options.of(Map.of())).collect());
    grains.putAll(new VirtualGrains(machine).collect());
    return grains;
  }

  @Test
  void a_container_is_known_without_a_program_that_tells() throws IOException {
    write(root, "/.dockerenv", "");
    assertThat(collect(root))
        .containsEntry("virtual", "container")
        .containsEntry("virtual_subtype", "Docker");
  }

  @Test
  void a_guest_is_known_by_its_firmware_without_a_program_that_tells() throws IOException {
    write(root, "/sys/class/dmi/id/sys_vendor", "Parallels International GmbH.\n");
    write(root, "/sys/class/dmi/id/product_name", "Parallels ARM Virtual Machine\n");
    assertThat(collect(root))
        .containsEntry("virtual", "Parallels")
        .doesNotContainKey("virtual_subtype");
  }

  @Test
  void a_machine_that_shows_nothing_has_no_memory_and_is_physical() {
    assertThat(collect(root))
        .containsEntry("mem_total", 0L)
        .containsEntry("swap_total", 0L)
        .containsEntry("num_cpus", 0L)
        .containsEntry("virtual", "physical");
  }
}

package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SaltfileTest {
  @TempDir Path home;
  @TempDir Path here;

  private Saltfile saltfile(Map<String, String> environment) {
    Surroundings other = TestSurroundings.with(home, environment);
    return new Saltfile(
        new Surroundings("salt", environment, "fred", home, here, other.hostNames()));
  }

  @BeforeEach
  void ownFile() throws IOException {
    Files.createDirectories(home.resolve(".salt"));
    Files.writeString(home.resolve(".salt/Saltfile"), "salt: {timeout: 1}\n");
  }

  @Test
  void the_nearest_file_wins() throws IOException {
    assertThat(saltfile(Map.of()).presets(null)).isEqualTo(Map.of("timeout", 1L));
    Files.writeString(here.resolve("Saltfile"), "salt: {timeout: 2}\nsalt-key: {out: json}\n");
    assertThat(saltfile(Map.of()).presets(null)).isEqualTo(Map.of("timeout", 2L));
    Path third = Files.writeString(here.resolve("third"), "salt: {timeout: 3}\n");
    Map<String, String> variable = Map.of("SALT_SALTFILE", third.toString());
    assertThat(saltfile(variable).presets(null)).isEqualTo(Map.of("timeout", 3L));
    assertThat(saltfile(variable).presets("Saltfile")).isEqualTo(Map.of("timeout", 2L));
    assertThat(saltfile(Map.of("SALT_SALTFILE", "")).presets(null)).isEmpty();
  }

  @Test
  void other_programs_get_nothing() throws IOException {
    Files.writeString(here.resolve("Saltfile"), "salt-key: {out: json}\n");
    assertThat(saltfile(Map.of()).presets(null)).isEmpty();
  }

  @Test
  void a_named_file_must_exist_and_be_right() throws IOException {
    assertThatThrownBy(() -> saltfile(Map.of()).presets("none"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("'none' file does not exist.");
    Files.writeString(here.resolve("bad"), "a: b: c\n");
    assertThatThrownBy(() -> saltfile(Map.of()).presets("bad"))
        .hasMessageContaining("bad line 1: not YAML");
    Files.writeString(here.resolve("text"), "salt: fast\n");
    assertThatThrownBy(() -> saltfile(Map.of()).presets("text"))
        .hasMessageContaining("salt: expected a mapping of options");
  }
}

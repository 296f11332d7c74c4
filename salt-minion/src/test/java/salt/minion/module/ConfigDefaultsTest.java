package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import salt.common.payload.Json;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigDefaultsTest {
  /**
   * {@code module-settings.json} is what {@code salt-call --local config.option '*' wildcard=True
   * omit_all=True} of 3006.28 prints.
   */
  @Test
  void settings_that_nobody_sets_have_the_values_that_salt_shows() throws IOException {
    String name = "/conformance/config/module-settings.json";
    try (InputStream file = ConfigDefaultsTest.class.getResourceAsStream(name)) {
      Object shown = Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(ConfigDefaults.read()).isEqualTo(((Map<?, ?>) shown).get("local"));
    }
  }
}

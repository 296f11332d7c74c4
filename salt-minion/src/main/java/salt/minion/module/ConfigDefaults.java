package salt.minion.module;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.yaml.Yaml;

/**
 * Settings of execution modules that have a value when nobody sets them, such as {@code
 * redis.port}: the last place where {@code config} looks. They lie in {@code settings.yaml}.
 */
final class ConfigDefaults {
  private static final String FILE = "settings.yaml";

  private ConfigDefaults() {}

  /**
   * Reads all of them.
   *
   * @throws IllegalStateException when the file is not part of the program
   */
  static Map<Object, Object> read() {
    try (InputStream content = ConfigDefaults.class.getResourceAsStream(FILE)) {
      if (content == null) {
        throw new IllegalStateException("the program lacks its file " + FILE);
      }
      Map<?, ?> file =
          (Map<?, ?>) Yaml.load(new String(content.readAllBytes(), StandardCharsets.UTF_8));
      Map<Object, Object> settings = new LinkedHashMap<>((Map<?, ?>) file.get("whole"));
      ((Map<?, ?>) file.get("parts"))
          .forEach(
              (service, parts) ->
                  ((Map<?, ?>) parts)
                      .forEach((name, value) -> settings.put(service + "." + name, value)));
      return settings;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + FILE, unreadable);
    }
  }
}

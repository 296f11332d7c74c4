package salt.minion.module;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import salt.common.yaml.Yaml;

/** Files of YAML that lie beside the modules and belong to the program. */
final class ModuleResource {
  private ModuleResource() {}

  /**
   * Reads a file that holds a map.
   *
   * @throws IllegalStateException naming the file, when it is not part of the program
   */
  static Map<?, ?> read(String file) {
    try (InputStream content = ModuleResource.class.getResourceAsStream(file)) {
      if (content == null) {
        throw new IllegalStateException("the program lacks its file " + file);
      }
      return (Map<?, ?>) Yaml.load(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file, unreadable);
    }
  }
}

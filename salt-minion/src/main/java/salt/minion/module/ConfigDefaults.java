package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of execution modules that have a value when nobody sets them, such as {@code
 * redis.port}: the last place where {@code config} looks. They lie in {@code settings.yaml}.
 */
final class ConfigDefaults {
  private ConfigDefaults() {}

  /** Reads all of them. */
  static Map<Object, Object> read() {
    Map<?, ?> file = ModuleResource.read("settings.yaml");
    Map<Object, Object> settings = new LinkedHashMap<>((Map<?, ?>) file.get("whole"));
    ((Map<?, ?>) file.get("parts"))
        .forEach(
            (service, parts) ->
                ((Map<?, ?>) parts)
                    .forEach((name, value) -> settings.put(service + "." + name, value)));
    return settings;
  }
}

package salt.common.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a minion that follow from others. */
final class MinionDerivation {
  private static final List<String> PATHS =
      List.of("pki_dir", "cachedir", "sock_dir", "extension_modules", "pidfile");
  private static final List<String> LOG_FILES = List.of("log_file", "key_logfile");
  private static final List<String> ENCRYPTION = List.of("OAEP-SHA1", "OAEP-SHA224");

  private final Draft draft;
  private final SharedDerivation shared;
  private final Identity identity;

  MinionDerivation(Draft draft, Identity identity) {
    this.draft = draft;
    this.shared = new SharedDerivation(draft);
    this.identity = identity;
  }

  void apply(long memory) {
    draft.put("__role", "minion");
    shared.logFile("/var/log/salt/minion");
    if (!(draft.get("grains") instanceof Map<?, ?>)) {
      draft.put("grains", Map.of());
    }
    shared.saltenv();
    shared.fileserverBackend();
    identity.minion(draft);
    pathsWithId();
    shared.sockDir();
    shared.onlyTrue("open_mode");
    shared.roots("file_roots", "/srv/salt");
    shared.roots("pillar_roots", "/srv/pillar");
    shared.extensionModules();
    RootDir.prepend(draft, PATHS, LOG_FILES);
    draft.values().putIfAbsent("beacons", Map.of());
    shared.ipcWriteBuffer(memory);
    shared.hashType();
    shared.ssl();
    shared.discovery(discoveryDefaults(), MasterDerivation.DISCOVERY);
    shared.oneOf("encryption_algorithm", ENCRYPTION);
    shared.oneOf("signing_algorithm", MasterDerivation.SIGNING);
  }

  private static Map<String, Object> discoveryDefaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("attempts", 3L);
    defaults.put("pause", 5L);
    defaults.put("port", 4520L);
    defaults.put("match", "any");
    defaults.put("mapping", Map.of());
    return defaults;
  }

  /** Some paths can be made different for each id on one machine. */
  private void pathsWithId() {
    if (!(draft.get("append_minionid_config_dirs") instanceof List<?> names)) {
      return;
    }
    String id = draft.text("id");
    for (String name : List.of("pki_dir", "cachedir", "extension_modules")) {
      if (names.contains(name)) {
        draft.put(name, Paths.join(draft.text(name), id));
      }
    }
    if (names.contains("default_include")) {
      String include = draft.text("default_include");
      String folder = Paths.join(Paths.folder(include), id);
      draft.put("default_include", Paths.join(folder, Paths.name(include)));
    }
    if (names.contains("pidfile")) {
      String pidfile = draft.text("pidfile");
      String folder = Paths.join(Paths.join(Paths.folder(pidfile), "salt"), id);
      draft.put("pidfile", Paths.join(folder, Paths.name(pidfile)));
    }
  }
}

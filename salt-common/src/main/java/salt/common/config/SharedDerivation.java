package salt.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The options that master and minion derive from others in the same way. */
final class SharedDerivation {
  private static final int SOCKET_PATH_SLACK = 10;
  private static final Set<String> SHORT_BACKENDS = Set.of("git", "hg", "svn", "minion");
  private static final Map<String, Long> CERTIFICATE_REQUIREMENTS =
      Map.of("CERT_NONE", 0L, "CERT_OPTIONAL", 1L, "CERT_REQUIRED", 2L);
  private static final Map<String, Long> TLS_VERSIONS =
      Map.of(
          "PROTOCOL_SSLv23", 2L,
          "PROTOCOL_TLS", 2L,
          "PROTOCOL_TLSv1", 3L,
          "PROTOCOL_TLSv1_1", 4L,
          "PROTOCOL_TLSv1_2", 5L,
          "PROTOCOL_TLS_CLIENT", 16L,
          "PROTOCOL_TLS_SERVER", 17L);

  private final Draft draft;

  SharedDerivation(Draft draft) {
    this.draft = draft;
  }

  /** {@code log_dir} moves a relative or default log file. */
  void logFile(String defaultLogFile) {
    Object folder = draft.get("log_dir");
    if (folder instanceof String dir && !dir.isEmpty()) {
      String own = draft.isGiven("log_file") ? draft.text("log_file") : null;
      boolean none = own == null || own.isEmpty();
      draft.put("log_file", Paths.join(dir, none ? Paths.name(defaultLogFile) : own));
    }
  }

  /** {@code environment} is the old name of {@code saltenv}. */
  void saltenv() {
    if (!draft.values().containsKey("environment")) {
      return;
    }
    if (draft.get("saltenv") == null) {
      draft.warn("environment", "the option is called saltenv now; its value is taken for it");
      draft.put("saltenv", draft.get("environment"));
    } else {
      draft.warn("environment", "ignored, because saltenv is set, the new name of this option");
      draft.put("environment", draft.get("saltenv"));
    }
  }

  /** Old short names of file server backends get their full names. */
  void fileserverBackend() {
    if (draft.get("fileserver_backend") instanceof List<?> backends) {
      List<Object> names = new ArrayList<>();
      for (Object name : backends) {
        names.add(
            name instanceof String text && SHORT_BACKENDS.contains(text) ? text + "fs" : name);
      }
      draft.put("fileserver_backend", names);
    }
  }

  /** A socket directory far longer than the cache directory gives way to one inside it. */
  void sockDir() {
    String cache = draft.text("cachedir");
    if (draft.text("sock_dir").length() > cache.length() + SOCKET_PATH_SLACK) {
      draft.put("sock_dir", Paths.join(cache, ".salt-unix"));
    }
  }

  /** Where modules synced from the master lie. */
  void extensionModules() {
    if (!draft.truth("extension_modules")) {
      draft.put("extension_modules", Paths.join(draft.text("cachedir"), "extmods"));
    }
    if (!draft.truth("utils_dirs")) {
      draft.put("utils_dirs", List.of(Paths.join(draft.text("extension_modules"), "utils")));
    }
  }

  /** {@code dynamic} takes a share of the memory; unset is the system's own size. */
  void ipcWriteBuffer(long memory) {
    if (!draft.isGiven("ipc_write_buffer")) {
      draft.put("ipc_write_buffer", 0L);
    } else if ("dynamic".equals(draft.get("ipc_write_buffer"))) {
      draft.put("ipc_write_buffer", (long) (Math.max(memory * 0.05, 10 << 20) * 0.5));
    }
  }

  /** Switches that only a plain {@code true} turns on. */
  void onlyTrue(String name) {
    draft.put(name, Boolean.TRUE.equals(draft.get(name)));
  }

  /** Wildcards of the roots are expanded; roots that are no mapping fall back to the default. */
  void roots(String name, String fallback) {
    if (!(draft.get(name) instanceof Map<?, ?> roots)) {
      draft.warn(name, "expected a mapping of environments to lists; the default is used");
      draft.put(name, Map.of("base", List.of(fallback)));
      return;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    for (Map.Entry<?, ?> root : roots.entrySet()) {
      if (!(root.getValue() instanceof List<?>)) {
        draft.warn(
            name,
            "environment "
                + root.getKey()
                + ": expected a list of directories; it is taken for empty");
      }
      result.put(
          Python.text(root.getKey()),
          root.getValue() instanceof List<?> list ? expanded(list) : List.of());
    }
    draft.put(name, result);
  }

  private static List<Object> expanded(List<?> folders) {
    List<Object> result = new ArrayList<>();
    for (Object folder : folders) {
      if (folder instanceof String path && PathGlob.hasMagic(path) && path.startsWith("/")) {
        result.addAll(PathGlob.find(path));
      } else {
        result.add(folder);
      }
    }
    return result;
  }

  void hashType() {
    draft.put("hash_type", draft.text("hash_type").toLowerCase(Locale.ROOT));
  }

  /** Refuses a value that is not one of those allowed. */
  void oneOf(String name, List<String> allowed) {
    if (!allowed.contains(draft.text(name))) {
      draft.refuse(
          name,
          "expected one of " + String.join(", ", allowed) + ", got \"" + draft.text(name) + "\"");
    }
  }

  /** The names of TLS constants become Python's numbers, as modules of Salt expect them. */
  void ssl() {
    Object ssl = draft.get("ssl");
    if (Boolean.TRUE.equals(ssl)) {
      draft.put("ssl", Map.of());
    } else if (ssl instanceof Map<?, ?> given) {
      Map<Object, Object> resolved = new LinkedHashMap<>(given);
      constant(resolved, "cert_reqs", CERTIFICATE_REQUIREMENTS);
      constant(resolved, "ssl_version", TLS_VERSIONS);
      draft.put("ssl", resolved);
    } else {
      if (Python.truth(ssl)) {
        draft.refuse("ssl", "expected a mapping, true or false");
      }
      draft.put("ssl", null);
    }
  }

  private void constant(Map<Object, Object> ssl, String key, Map<String, Long> constants) {
    Object name = ssl.get(key);
    if (name == null) {
      return;
    }
    if (name instanceof String text && constants.containsKey(text)) {
      ssl.put(key, constants.get(text));
    } else {
      String names = String.join(", ", constants.keySet().stream().sorted().toList());
      draft.refuse("ssl", key + ": expected one of " + names);
    }
  }

  /**
   * The settings of discovery, filled up with their defaults.
   *
   * @param defaults every setting that side knows
   * @param known every setting of either side
   */
  void discovery(Map<String, Object> defaults, Set<String> known) {
    Object discovery = draft.get("discovery");
    if (discovery == null || Boolean.FALSE.equals(discovery)) {
      return;
    }
    Map<?, ?> given = discovery instanceof Map<?, ?> map ? map : Map.of();
    if (!(discovery instanceof Map<?, ?>) && !Boolean.TRUE.equals(discovery)) {
      draft.refuse("discovery", "expected a mapping, true or false");
    }
    for (Object key : given.keySet()) {
      if (!(key instanceof String name) || !known.contains(name)) {
        draft.refuse("discovery", "unknown setting " + key);
      }
    }
    Map<Object, Object> settings = new LinkedHashMap<>(defaults);
    Python.merge(settings, given);
    draft.put("discovery", settings);
  }
}

package salt.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The options of a master that follow from others. */
final class MasterDerivation {
  static final Set<String> DISCOVERY = Set.of("attempts", "pause", "port", "match", "mapping");
  static final List<String> SIGNING = List.of("PKCS1v15-SHA1", "PKCS1v15-SHA224");
  private static final int LEAST_WORKERS = 3;
  private static final List<String> PATHS =
      List.of(
          "pki_dir",
          "cachedir",
          "pidfile",
          "sock_dir",
          "extension_modules",
          "autosign_file",
          "autoreject_file",
          "token_dir",
          "syndic_dir",
          "sqlite_queue_dir",
          "autosign_grains_dir");
  private static final List<String> LOG_FILES = List.of("log_file", "key_logfile", "ssh_log_file");

  private final Draft draft;
  private final SharedDerivation shared;
  private final Identity identity;

  MasterDerivation(Draft draft, Identity identity) {
    this.draft = draft;
    this.shared = new SharedDerivation(draft);
    this.identity = identity;
  }

  void apply(long memory) {
    String defaultLogFile = "/var/log/salt/master";
    draft.put("__role", "master");
    draft.put("__fs_update", true);
    shared.logFile(defaultLogFile);
    aclInToken();
    shared.saltenv();
    shared.fileserverBackend();
    shared.sockDir();
    draft.put("token_dir", Paths.join(draft.text("cachedir"), "tokens"));
    draft.put("syndic_dir", Paths.join(draft.text("cachedir"), "syndics"));
    shared.extensionModules();
    shared.ipcWriteBuffer(memory);
    identity.master(draft);
    RootDir.prepend(draft, PATHS, LOG_FILES);
    shared.onlyTrue("open_mode");
    shared.onlyTrue("auto_accept");
    shared.roots("file_roots", "/srv/salt");
    shared.roots("pillar_roots", "/srv/salt");
    ignoredFiles();
    workerThreads();
    draft.values().putIfAbsent("pillar_source_merging_strategy", "smart");
    shared.hashType();
    shared.ssl();
    shared.discovery(discoveryDefaults(), DISCOVERY);
    shared.oneOf("publish_signing_algorithm", SIGNING);
    sshMinionOptions();
    nodegroups();
  }

  private static Map<String, Object> discoveryDefaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("port", 4520L);
    defaults.put("mapping", Map.of());
    return defaults;
  }

  /** The REST login keeps no password, so its tokens must carry the list of rights. */
  private void aclInToken() {
    if (draft.get("external_auth") instanceof Map<?, ?> auth && auth.containsKey("rest")) {
      if (Boolean.FALSE.equals(draft.get("keep_acl_in_token"))) {
        draft.warn("keep_acl_in_token", "the rest login of external_auth needs it; turned on");
      }
      draft.put("keep_acl_in_token", true);
    }
  }

  private void ignoredFiles() {
    if (draft.truth("file_ignore_regex")) {
      List<Object> valid = new ArrayList<>();
      Object given = draft.get("file_ignore_regex");
      for (Object regex : given instanceof List<?> list ? list : List.of(given)) {
        if (compiles(regex)) {
          valid.add(regex);
        } else {
          draft.warn("file_ignore_regex", "not a regular expression, left out: " + regex);
        }
      }
      draft.put("file_ignore_regex", valid);
    }
    if (draft.get("file_ignore_glob") instanceof String glob && !glob.isEmpty()) {
      draft.put("file_ignore_glob", List.of(glob));
    }
  }

  private static boolean compiles(Object regex) {
    try {
      return regex instanceof String text && Pattern.compile(text) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** With peer publishing, fewer workers than three can wait for each other forever. */
  private void workerThreads() {
    double threads = Options.of(draft.values()).number("worker_threads");
    if (threads < LEAST_WORKERS && draft.truth("peer")) {
      draft.warn("worker_threads", "peer needs at least 3; 3 are started");
      draft.put("worker_threads", (long) LEAST_WORKERS);
    }
  }

  /** What minions reached by SSH get must not replace the file server or pillar of the master. */
  private void sshMinionOptions() {
    Object given = draft.get("ssh_minion_opts");
    if (given == null && !draft.isGiven("ssh_minion_opts")) {
      return;
    }
    if (!(given instanceof Map<?, ?> options)) {
      draft.warn("ssh_minion_opts", "expected a mapping; ignored");
      draft.values().remove("ssh_minion_opts");
      return;
    }
    Map<Object, Object> kept = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> {
          if (allowedForSsh(Python.text(name))) {
            kept.put(name, value);
          } else {
            draft.warn("ssh_minion_opts", name + " must not be set here; ignored");
          }
        });
    draft.put("ssh_minion_opts", kept);
  }

  private static boolean allowedForSsh(String name) {
    return !name.toLowerCase(Locale.ROOT).matches("[a-z0-9]+fs_.*")
        && !name.equals("fileserver_backend")
        && (!name.contains("pillar") || name.equals("ssh_merge_pillar"));
  }

  /** Node groups may also be a list of mappings with one entry each. */
  private void nodegroups() {
    Object given = draft.get("nodegroups");
    if (given == null) {
      draft.put("nodegroups", Map.of());
    } else if (given instanceof List<?> list
        && list.stream().allMatch(item -> item instanceof Map<?, ?> map && map.size() == 1)) {
      Map<Object, Object> groups = new LinkedHashMap<>();
      list.forEach(item -> groups.putAll((Map<?, ?>) item));
      draft.put("nodegroups", groups);
    }
  }
}

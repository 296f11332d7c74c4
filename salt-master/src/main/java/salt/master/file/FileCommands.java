package salt.master.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.fileserver.FileServer;
import salt.common.fileserver.FoundFile;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.PythonText;

/** The commands with which minions read from the file server; each method answers one. */
public final class FileCommands {
  private static final List<String> MASTER_OPTIONS =
      List.of(
          "renderer",
          "failhard",
          "state_top",
          "state_top_saltenv",
          "nodegroups",
          "state_auto_order",
          "state_events",
          "state_aggregate",
          "jinja_env",
          "jinja_sls_env",
          "jinja_lstrip_blocks",
          "jinja_trim_blocks");

  private final FileServer server;
  private final Options options;

  /** Answers from {@code server}; {@code options} are those of the master. */
  public FileCommands(FileServer server, Options options) {
    this.server = server;
    this.options = options;
  }

  /** {@code _file_find}: path, relative path, stat and backend; empty texts when not found. */
  public Object fileFind(Fields load) {
    return find(load, environment(load).orElse("base"))
        .map(FoundFile::toReply)
        .orElseGet(() -> reply("path", "", "rel", ""));
  }

  /** {@code _file_hash}: {@code {hash_type, hsum}}, or an empty text when not found. */
  public Object fileHash(Fields load) {
    Optional<FoundFile> file = findIn(load);
    return file.isPresent() ? server.hash(file.get()) : "";
  }

  /** {@code _file_hash_and_stat}: a list of the hash and of stat, nil when unknown. */
  public Object fileHashAndStat(Fields load) {
    Optional<FoundFile> file = findIn(load);
    return file.isEmpty()
        ? Arrays.asList("", null)
        : Arrays.asList(
            server.hash(file.get()), file.get().stat().isEmpty() ? null : file.get().stat());
  }

  /**
   * {@code _serve_file}: {@code {data, dest}} and the level of compression if any; both empty when
   * not found.
   */
  public Object serveFile(Fields load) {
    Optional<FoundFile> file = load.has("loc") ? findIn(load) : Optional.empty();
    if (file.isEmpty()) {
      return reply("data", "", "dest", "");
    }
    int gzip = load.any("gzip") instanceof Number level ? level.intValue() : 0;
    Bytes data = server.chunk(file.get(), load.integer("loc", 0), gzip);
    Map<String, Object> reply = reply("data", data, "dest", file.get().relative());
    if (gzip > 0 && data.length() > 0) {
      reply.put("gzip", load.any("gzip"));
    }
    return reply;
  }

  /** {@code _file_list}: the files of an environment. */
  public Object fileList(Fields load) {
    return environment(load).map(name -> server.files(name, prefix(load))).orElse(List.of());
  }

  /** {@code _file_list_emptydirs}: its empty directories. */
  public Object fileListEmptydirs(Fields load) {
    return environment(load)
        .map(name -> server.emptyDirectories(name, prefix(load)))
        .orElse(List.of());
  }

  /** {@code _dir_list}: its directories. */
  public Object dirList(Fields load) {
    return environment(load).map(name -> server.directories(name, prefix(load))).orElse(List.of());
  }

  /** {@code _symlink_list}: its symbolic links with their targets. */
  public Object symlinkList(Fields load) {
    return environment(load).map(name -> server.links(name, prefix(load))).orElse(Map.of());
  }

  /** {@code _file_envs}: the names of the environments; with {@code sources} by backend. */
  public Object fileEnvs(Fields load) {
    List<String> environments = server.environments();
    return PythonText.truth(load.any("sources")) ? Map.of("roots", environments) : environments;
  }

  /** {@code _master_opts}: what a minion needs of the master's options to build its states. */
  public Object masterOpts(Fields load) {
    Map<String, Object> roots = new LinkedHashMap<>();
    server.environments().forEach(name -> roots.put(name, new ArrayList<>()));
    Map<String, Object> reply = reply("file_roots", roots);
    List.of("top_file_merging_strategy", "env_order", "default_top")
        .forEach(name -> reply.put(name, options.any(name)));
    if (!PythonText.truth(load.any("env_only"))) {
      MASTER_OPTIONS.forEach(name -> reply.put(name, options.any(name)));
    }
    return reply;
  }

  private Optional<FoundFile> findIn(Fields load) {
    return environment(load).flatMap(name -> find(load, name));
  }

  private Optional<FoundFile> find(Fields load, String environment) {
    return load.any("path") instanceof String path && !path.isEmpty()
        ? server.find(path, environment)
        : Optional.empty();
  }

  /** The environment; one that is no text, such as a number, by how Python writes it. */
  private static Optional<String> environment(Fields load) {
    return load.has("saltenv")
        ? Optional.of(PythonText.str(load.any("saltenv")))
        : Optional.empty();
  }

  private static String prefix(Fields load) {
    return load.text("prefix", "");
  }

  private static Map<String, Object> reply(Object... namesAndValues) {
    Map<String, Object> reply = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      reply.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return reply;
  }
}

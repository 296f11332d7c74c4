package salt.minion.file;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.fileserver.FileServer;
import salt.common.fileserver.FoundFile;
import salt.common.loader.CallException;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;

/** The file roots of this machine, served to itself: for minions without a master. */
public final class LocalFiles implements FileSource {
  private final FileServer server;

  /** The files of the option {@code file_roots}. */
  public LocalFiles(Options options) {
    Options own =
        options.integer("file_buffer_size") > 0
            ? options
            : options.with("file_buffer_size", 1L << 20);
    this.server = new FileServer(own, Clock.systemUTC());
  }

  @Override
  public Object ask(Map<String, Object> load) {
    Fields fields = Fields.of("request to the file server", load);
    String env = fields.text("saltenv", "base");
    String prefix = fields.text("prefix", "");
    return switch (fields.text("cmd")) {
      case "_file_hash" -> find(fields).map(file -> (Object) server.hash(file)).orElse("");
      case "_file_find" -> find(fields).map(FoundFile::toReply).orElseGet(LocalFiles::nothing);
      case "_serve_file" -> serve(fields);
      case "_file_list" -> server.files(env, prefix);
      case "_file_list_emptydirs" -> server.emptyDirectories(env, prefix);
      case "_dir_list" -> server.directories(env, prefix);
      case "_symlink_list" -> server.links(env, prefix);
      case "_file_envs" -> server.environments();
      default ->
          throw new CallException(
              CallException.Kind.EXECUTION,
              "The file server knows no request '" + fields.text("cmd") + "'");
    };
  }

  private Optional<FoundFile> find(Fields load) {
    return server.find(load.text("path"), load.text("saltenv", "base"));
  }

  private static Map<String, Object> nothing() {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("path", "");
    nothing.put("rel", "");
    return nothing;
  }

  private Map<String, Object> serve(Fields load) {
    Map<String, Object> reply = new LinkedHashMap<>();
    Optional<FoundFile> file = find(load);
    int gzip = (int) load.integer("gzip", 0);
    Bytes data =
        file.map(found -> server.chunk(found, load.integer("loc", 0), gzip))
            .orElse(Bytes.wrap(new byte[0]));
    reply.put("data", data);
    reply.put("dest", file.map(FoundFile::relative).orElse(""));
    if (gzip > 0 && data.length() > 0) {
      reply.put("gzip", (long) gzip);
    }
    return reply;
  }
}

package salt.minion.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.PythonError;
import salt.common.pattern.Glob;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;

/** Sends files to the master. */
final class FilePush {
  private static final Logger LOG = LoggerFactory.getLogger(FilePush.class);
  private static final int PIECE = 262_144;

  private final MinionContext context;

  FilePush(MinionContext context) {
    this.context = context;
  }

  /** Sends a file; false when it is none, or the master does not take it. */
  boolean file(String path, boolean keepSymlinks, String uploadPath, boolean removeSource)
      throws IOException {
    if (path.contains("../") || !path.startsWith("/")) {
      LOG.debug("'{}' is not sent: it must be an absolute path", path);
      return false;
    }
    Path given = Path.of(path);
    if (!Files.isRegularFile(given) || (uploadPath != null && uploadPath.contains("../"))) {
      return false;
    }
    Path file = keepSymlinks ? given : given.toRealPath();
    boolean named = uploadPath != null && !uploadPath.isEmpty();
    if (!send(file, Path.of(named ? uploadPath : file.toString()).normalize())) {
      LOG.error(
          "'{}' was not taken: is the master's file_recv on, and file_recv_max_size large enough?",
          file);
      return false;
    }
    if (removeSource) {
      Files.delete(file);
    }
    return true;
  }

  private boolean send(Path file, Path name) throws IOException {
    MinionContext.MasterLink master =
        context.master().orElseThrow(() -> new PythonError("KeyError", "'master_uri'"));
    double size = context.options().number("file_buffer_size");
    List<String> parts = Stream.of(name.toString().split("/")).filter(p -> !p.isEmpty()).toList();
    try (InputStream in = Files.newInputStream(file)) {
      long place = 0;
      byte[] piece = in.readNBytes(size > 0 ? (int) size : PIECE);
      do {
        Map<String, Object> load = new LinkedHashMap<>();
        load.put("cmd", "_file_recv");
        load.put("path", parts);
        load.put("size", Files.size(file));
        load.put("loc", place);
        load.put("data", Bytes.wrap(piece));
        if (!PythonText.truth(master.request(load))) {
          return false;
        }
        place += piece.length;
        piece = in.readNBytes(size > 0 ? (int) size : PIECE);
      } while (piece.length > 0);
    }
    return true;
  }

  /** Sends the files of a directory whose names match; false at the first that is not taken. */
  boolean directory(String path, String glob, String uploadPath) throws IOException {
    if (path.contains("../") || !path.startsWith("/")) {
      return false;
    }
    Path root = Path.of(path);
    if (!Files.isDirectory(root)) {
      return file(path, false, uploadPath, false);
    }
    Path real = root.toRealPath();
    List<Path> files;
    try (Stream<Path> all = Files.walk(real)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> glob == null || Glob.of(glob).matches(file.getFileName().toString()))
              .toList();
    }
    for (Path file : files) {
      String name =
          uploadPath == null || uploadPath.isEmpty()
              ? null
              : uploadPath.replaceAll("/+$", "") + "/" + real.relativize(file);
      if (!file(file.toString(), false, name, false)) {
        return false;
      }
    }
    return !files.isEmpty();
  }
}

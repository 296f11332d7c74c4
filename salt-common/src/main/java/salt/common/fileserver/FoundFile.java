package salt.common.fileserver;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that the file server has.
 *
 * @param path where it is
 * @param relative its path below the root, the {@code dest} of chunks
 * @param stat mode, inode, device, links, uid, gid, size, access, change and status times in
 *     seconds, as Python's {@code os.stat}; empty when it could not be read
 */
public record FoundFile(Path path, String relative, List<Long> stat) {
  /** Copies the list. */
  public FoundFile {
    stat = List.copyOf(stat);
  }

  /** The reply of {@code _file_find}. */
  public Map<String, Object> toReply() {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("path", path.toString());
    reply.put("rel", relative);
    if (!stat.isEmpty()) {
      reply.put("stat", stat);
    }
    reply.put("back", FileServer.BACKEND);
    return reply;
  }
}

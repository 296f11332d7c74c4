package salt.master.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.MinionId;
import salt.common.config.Options;
import salt.common.fileserver.SafePath;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.PythonText;

/**
 * Files that minions push with {@code cp.push}, kept in {@code <cachedir>/minions/<id>/files}.
 *
 * <p>Off unless {@code file_recv}. A part is written where it says it begins, not at the end of
 * what is there as in Salt, so that repeating a request does no harm and {@code file_recv_max_size}
 * holds for the file as a whole.
 */
public final class PushedFiles {
  private static final Logger log = LoggerFactory.getLogger(PushedFiles.class);
  private static final long MEBIBYTE = 1024 * 1024;

  private final boolean enabled;
  private final long mostBytes;
  private final Path minions;

  /** The pushed files of a master with these options. */
  public PushedFiles(Options options) {
    this.enabled = options.flag("file_recv");
    this.mostBytes = (long) (options.number("file_recv_max_size") * MEBIBYTE);
    this.minions = Path.of(options.text("cachedir")).resolve("minions");
  }

  /**
   * {@code _file_recv}: keeps a part of a file.
   *
   * @param load {@code id}, {@code path} (a list of components), {@code loc} and {@code data}
   * @return true; false when pushing is off, the file too large, or its path unsafe
   */
  public Object fileRecv(Fields load) {
    if (!enabled || !(load.any("path") instanceof List<?> components) || !load.has("loc")) {
      return false;
    }
    String id = PythonText.repr(load.any("id"));
    long offset = load.integer("loc", 0);
    Bytes data = load.bytes("data");
    if (offset < 0 || offset > mostBytes - data.length()) {
      log.error(
          "{} pushes {} bytes at {}, beyond file_recv_max_size of {} MB",
          id,
          data.length(),
          offset,
          mostBytes / MEBIBYTE);
      return false;
    }
    Optional<Path> file = file(load.text("id"), components);
    if (file.isEmpty()) {
      log.warn("{} pushes a file to {}, which is refused", id, PythonText.repr(components));
      return false;
    }
    return write(file.get(), offset, data.toArray());
  }

  private Optional<Path> file(String id, List<?> components) {
    List<String> names = new ArrayList<>();
    for (Object component : components) {
      if (!(component instanceof String name)) {
        return Optional.empty();
      }
      names.add(name);
    }
    return (MinionId.isValid(id) ? SafePath.entry(minions, id) : Optional.<Path>empty())
        .map(minion -> minion.resolve("files"))
        .flatMap(root -> SafePath.joinWithin(root, String.join("/", names)))
        .filter(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isPlain(file));
  }

  private static boolean isPlain(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean write(Path file, long offset, byte[] data) {
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Set<StandardOpenOption> how = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              file,
              how,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        if (offset == 0) {
          channel.truncate(0);
        }
        channel.position(offset);
        ByteBuffer buffer = ByteBuffer.wrap(data);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      return true;
    } catch (IOException e) {
      log.error("cannot keep the pushed file {}: {}", file, e.toString());
      return false;
    }
  }
}

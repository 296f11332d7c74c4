package salt.minion.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;

/** A file that is written beside its place and put there whole, or not at all. */
final class AtomicFile implements AutoCloseable {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path target;
  private final Path temporary;

  private AtomicFile(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /** A file that only this process' user can read. */
  static AtomicFile secret(Path target) throws IOException {
    Path temporary = beside(target);
    Files.createFile(temporary, PRIVATE);
    return new AtomicFile(target, temporary);
  }

  /** A file with the mode and owner of the one it replaces, through links; new ones by the mask. */
  static AtomicFile replacing(Path target) throws IOException {
    if (!Files.exists(target)) {
      Path temporary = beside(target);
      Files.createFile(temporary);
      return new AtomicFile(target, temporary);
    }
    AtomicFile file = secret(target.toRealPath());
    Map<String, Object> old = Files.readAttributes(file.target, "unix:mode,uid,gid");
    Map<String, Object> own = Files.readAttributes(file.temporary, "unix:uid,gid");
    for (String name : new String[] {"uid", "gid"}) {
      if (!old.get(name).equals(own.get(name))) {
        Files.setAttribute(file.temporary, "unix:" + name, old.get(name));
      }
    }
    Files.setAttribute(file.temporary, "unix:mode", (int) old.get("mode") & 07777);
    return file;
  }

  private static Path beside(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
  }

  /** Starts the content anew. */
  OutputStream open() throws IOException {
    return Files.newOutputStream(
        temporary, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Puts the file in its place. */
  void commit() throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      FileCache.removeTree(target);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }
}

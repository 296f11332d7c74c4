package salt.master.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import salt.common.config.MinionId;
import salt.common.fileserver.SafePath;
import salt.common.payload.MessagePack;

/**
 * The files {@code <cachedir>/minions/<id>/<name>.p}: MessagePack in the bin profile, closed to
 * others, written beside their place and renamed.
 */
final class MinionFiles {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;

  MinionFiles(Path cachedir) {
    this.directory = cachedir.resolve("minions");
  }

  /** The ids that have a directory. */
  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (MinionId.isValid(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          ids.add(name);
        }
      }
    } catch (NoSuchFileException none) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e, e);
    }
    return ids;
  }

  /** Where a file is; nothing when the id could lead elsewhere. */
  Optional<Path> path(String id, String name) {
    return minion(id).map(minion -> minion.resolve(name + ".p"));
  }

  private Optional<Path> minion(String id) {
    return MinionId.isValid(id) ? SafePath.entry(directory, id) : Optional.empty();
  }

  /** The value in a file; null when there is no such file. */
  Object read(String id, String name) {
    Optional<Path> file = path(id, name);
    if (file.isEmpty()) {
      return null;
    }
    try {
      return MessagePack.unpack(Files.readAllBytes(file.get()));
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.get() + ": " + e, e);
    }
  }

  /**
   * Replaces the value in a file.
   *
   * @throws IllegalArgumentException when the id could lead elsewhere
   */
  void write(String id, String name, Object value) {
    Path file = path(id, name).orElseThrow(() -> new IllegalArgumentException("bad id: " + id));
    try {
      Files.createDirectories(file.getParent(), PRIVATE_DIRECTORY);
      Path beside = Files.createTempFile(file.getParent(), ".", ".new", PRIVATE_FILE);
      Files.write(beside, MessagePack.BIN.pack(value));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  /** Deletes a file; false when there is none. */
  boolean delete(String id, String name) {
    Optional<Path> file = path(id, name);
    try {
      return file.isPresent() && Files.deleteIfExists(file.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file.get() + ": " + e, e);
    }
  }

  /** Deletes everything of a minion, files that it pushed included; links are not followed. */
  void deleteAll(String id) {
    Optional<Path> minion = minion(id);
    if (minion.isEmpty() || !Files.isDirectory(minion.get(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      deleteTree(minion.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + minion.get() + ": " + e, e);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        deleteTree(entry);
      } else {
        Files.deleteIfExists(entry);
      }
    }
    Files.deleteIfExists(directory);
  }
}

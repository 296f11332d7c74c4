package salt.master.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * The file {@code <cachedir>/.dfn}, with mode 0400, by which programs ask a running master for a
 * new AES key; it takes the file away.
 */
public final class DropFile {
  private final Path file;

  /** The drop file of the master with that {@code cachedir}. */
  public DropFile(Path cacheDirectory) {
    this.file = cacheDirectory.resolve(".dfn");
  }

  /**
   * Leaves the file; one that is there is replaced, as the master ignores it in any other mode.
   *
   * @throws UncheckedIOException when it cannot be made
   */
  public void drop() {
    Path draft = file.resolveSibling(".dfn." + UUID.randomUUID());
    try {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException noDirectory) {
      throw new UncheckedIOException(new NoSuchFileException(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask for a new AES key by " + file + ": " + e, e);
    }
  }
}

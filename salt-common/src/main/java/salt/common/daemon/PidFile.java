package salt.common.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a daemon's process id is found ({@code pidfile}); what an earlier process left
 * is replaced. As with real Salt it tells others whom to signal and does not keep a second daemon
 * from starting: the sockets do.
 */
public final class PidFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

  private final Path path;
  private final String content;

  private PidFile(Path path, String content) {
    this.path = path;
    this.content = content;
  }

  /**
   * Writes the id of this process, without a line feed, and makes the directory if needed. In a
   * directory that this user may not write, the file has to be there, made for this user.
   *
   * @throws UncheckedIOException when that fails; the message names the file and option
   */
  public static PidFile write(Path path) {
    PidFile file = new PidFile(path, String.valueOf(ProcessHandle.current().pid()));
    Path unfinished = path.resolveSibling(path.getFileName() + "." + file.content);
    try {
      Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
      if (!Files.isWritable(directory)) {
        Files.writeString(path, file.content);
        return file;
      }
      Files.writeString(unfinished, file.content);
      Files.move(
          unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the pid file " + path + " (pidfile)", e);
    }
  }

  /**
   * Removes the file, or empties it where that is not allowed, unless another process has written
   * its own id since.
   */
  @Override
  public void close() {
    try {
      if (Files.readString(path, StandardCharsets.US_ASCII).equals(content)) {
        remove();
      }
    } catch (NoSuchFileException gone) {
      LOG.debug("the pid file {} is gone already", path);
    } catch (IOException e) {
      LOG.warn("the pid file {} cannot be removed: {}", path, e.getMessage());
    }
  }

  private void remove() throws IOException {
    if (Files.isWritable(path.toAbsolutePath().getParent())) {
      Files.delete(path);
    } else {
      Files.write(path, new byte[0]);
    }
  }
}

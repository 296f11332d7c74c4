package salt.minion.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MessagePack;

/**
 * The directory {@code <cachedir>/proc}: one file for each job that runs, named by its jid, holding
 * the publication and {@code pid}, as Salt's own tools read it.
 */
public final class ProcDirectory {
  private static final Logger log = LoggerFactory.getLogger(ProcDirectory.class);

  private final Path directory;
  private final long pid = ProcessHandle.current().pid();

  /** Opens the directory and removes what a minion that is no more left there. */
  public ProcDirectory(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          removeIfStale(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory + ": " + e, e);
    }
  }

  private void removeIfStale(Path file) throws IOException {
    long owner = -1;
    try {
      owner =
          MessagePack.unpackMap(Files.readAllBytes(file)).get("pid") instanceof Long id ? id : -1;
    } catch (salt.common.payload.MalformedPayload broken) {
      log.info("{} is broken and is removed: {}", file, broken.getMessage());
    }
    boolean alive = owner >= 0 && owner != pid && ProcessHandle.of(owner).isPresent();
    if (!alive) {
      Files.deleteIfExists(file);
    }
  }

  /** What the file of a job holds. */
  Map<String, Object> describe(Map<String, Object> publication) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("pid", pid);
    description.putAll(publication);
    return description;
  }

  void write(String jid, Map<String, Object> publication) {
    try {
      Files.write(directory.resolve(jid), MessagePack.NETWORK.pack(describe(publication)));
    } catch (IOException e) {
      log.warn("job {} runs without its file in {}: {}", jid, directory, e.toString());
    }
  }

  void remove(String jid) {
    try {
      Files.deleteIfExists(directory.resolve(jid));
    } catch (IOException e) {
      log.warn("the file of job {} in {} stays: {}", jid, directory, e.toString());
    }
  }
}

package salt.minion.job;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;
import salt.minion.module.MinionContext;

/**
 * The jobs of a minion that runs beside this program, as its directory {@code proc} tells them.
 *
 * <p>A signal goes to the programs of the job, never to the minion itself, of which it is a thread.
 */
public final class NeighbourJobs implements MinionContext.RunningJobs {
  private static final Logger log = LoggerFactory.getLogger(NeighbourJobs.class);

  private final Path directory;

  /** The jobs told in {@code directory}, which need not exist. */
  public NeighbourJobs(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<Map<String, Object>> running() {
    return files().stream().map(ProcFile::description).toList();
  }

  @Override
  public boolean signal(String jid, int signal) {
    for (ProcFile file : files()) {
      if (jid.equals(file.publication().get("jid"))) {
        Signals.send(signal, file.programs().stream().flatMap(one -> one.members()).toList());
        return true;
      }
    }
    return false;
  }

  private List<ProcFile> files() {
    List<ProcFile> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        add(entry, files);
      }
    } catch (NoSuchFileException noMinionYet) {
      return List.of();
    } catch (IOException e) {
      log.warn("the jobs told in {} cannot be read: {}", directory, e.toString());
    }
    return files;
  }

  private static void add(Path path, List<ProcFile> files) throws IOException {
    try {
      ProcFile file = ProcFile.read(path);
      if (file.isOwned()) {
        files.add(file);
      }
    } catch (NoSuchFileException ended) {
      log.trace("the job of {} has ended", path);
    } catch (MalformedPayload e) {
      log.warn("{} is broken: {}", path, e.getMessage());
    }
  }
}

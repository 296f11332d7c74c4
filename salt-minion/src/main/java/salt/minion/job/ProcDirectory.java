package salt.minion.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;
import salt.minion.process.SurvivingProcess;

/**
 * The directory {@code <cachedir>/proc}: one file for each job that runs, named by its jid, holding
 * the publication and {@code pid}, as Salt's own tools read it.
 *
 * <p>Besides, a file tells the master of the job and the programs that run for it. So the next
 * minion knows what became of the jobs of one that died.
 */
public final class ProcDirectory {
  private static final Logger log = LoggerFactory.getLogger(ProcDirectory.class);

  private final Path directory;
  private final long pid = ProcessHandle.current().pid();
  private final Set<String> masters;
  private final Map<AbandonedJob, String> abandoned = new LinkedHashMap<>();

  /**
   * Opens the directory. Files of a minion that is no more are read; they stay while their jobs can
   * be taken over, those of masters that are not served any more are removed.
   *
   * @param masters the addresses of the masters as configured
   */
  public ProcDirectory(Path directory, Collection<String> masters) {
    this.directory = directory;
    this.masters = Set.copyOf(masters);
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          takeOver(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory + ": " + e, e);
    }
  }

  private void takeOver(Path path) throws IOException {
    ProcFile file;
    try {
      file = ProcFile.read(path);
    } catch (MalformedPayload broken) {
      log.info("{} is broken and is removed: {}", path, broken.getMessage());
      Files.deleteIfExists(path);
      return;
    }
    if (file.pid() != pid && file.isOwned()) {
      return;
    }
    if (masters.contains(file.master())) {
      abandoned.put(new AbandonedJob(file.publication(), file.programs()), file.master());
    } else {
      Files.deleteIfExists(path);
    }
  }

  /** The jobs of a master whose minion is no more; each is handed out once. */
  synchronized List<AbandonedJob> abandoned(String master) {
    List<AbandonedJob> jobs = new ArrayList<>();
    Iterator<Map.Entry<AbandonedJob, String>> all = abandoned.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<AbandonedJob, String> entry = all.next();
      if (entry.getValue().equals(master)) {
        jobs.add(entry.getKey());
        all.remove();
      }
    }
    return jobs;
  }

  /** Writes the file of a job of {@code master} for which {@code programs} run. */
  void write(String master, Map<String, Object> publication, List<ProcessHandle> programs) {
    String jid = String.valueOf(publication.get("jid"));
    Path beside = directory.resolveSibling(".proc-" + jid);
    try {
      List<SurvivingProcess> told = programs.stream().map(SurvivingProcess::of).toList();
      Files.write(beside, new ProcFile(publication, master, told).pack());
      Files.move(beside, directory.resolve(jid), StandardCopyOption.ATOMIC_MOVE);
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

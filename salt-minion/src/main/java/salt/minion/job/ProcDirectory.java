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
import salt.common.payload.MessagePack;
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
  private static final String RESUME = "resume";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path directory;
  private final long pid = ProcessHandle.current().pid();
  private final Set<String> masters;
  private final String boot;
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
    this.boot = boot();
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

  /** Tells one run of the machine from another; empty where the system does not. */
  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      log.debug("no {}: {}", BOOT, e.toString());
      return "";
    }
  }

  private void takeOver(Path file) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    try {
      MessagePack.unpackMap(Files.readAllBytes(file))
          .forEach((key, value) -> content.put(String.valueOf(key), value));
    } catch (MalformedPayload broken) {
      log.info("{} is broken and is removed: {}", file, broken.getMessage());
    }
    long owner = content.remove("pid") instanceof Long id ? id : -1;
    if (owner >= 0 && owner != pid && ranThen(owner, file)) {
      return;
    }
    if (content.remove(RESUME) instanceof Map<?, ?> resume
        && resume.get("master") instanceof String master
        && masters.contains(master)) {
      abandoned.put(new AbandonedJob(content, processes(resume)), master);
    } else {
      Files.deleteIfExists(file);
    }
  }

  /** Whether the process is the one that wrote the file: process ids come again. */
  private static boolean ranThen(long owner, Path file) throws IOException {
    long written = Files.getLastModifiedTime(file).toMillis();
    return ProcessHandle.of(owner)
        .map(SurvivingProcess::of)
        .filter(process -> process.started() <= written)
        .isPresent();
  }

  private List<SurvivingProcess> processes(Map<?, ?> resume) {
    List<SurvivingProcess> processes = new ArrayList<>();
    if (boot.equals(resume.get("boot")) && resume.get("processes") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof List<?> pair
            && pair.size() == 2
            && pair.get(0) instanceof Long id
            && pair.get(1) instanceof Long started) {
          processes.add(new SurvivingProcess(id, started));
        }
      }
    }
    return processes;
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

  /** What {@code saltutil.running} tells of a job. */
  Map<String, Object> describe(Map<String, Object> publication) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("pid", pid);
    description.putAll(publication);
    return description;
  }

  /** Writes the file of a job of {@code master} for which {@code programs} run. */
  void write(String master, Map<String, Object> publication, List<ProcessHandle> programs) {
    String jid = String.valueOf(publication.get("jid"));
    Map<String, Object> resume = new LinkedHashMap<>();
    resume.put("boot", boot);
    resume.put("master", master);
    resume.put(
        "processes",
        programs.stream()
            .map(SurvivingProcess::of)
            .map(process -> List.of(process.pid(), process.started()))
            .toList());
    Map<String, Object> content = describe(publication);
    content.put(RESUME, resume);
    Path beside = directory.resolveSibling(".proc-" + jid);
    try {
      Files.write(beside, MessagePack.NETWORK.pack(content));
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

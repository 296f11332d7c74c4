package salt.minion.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;
import salt.minion.process.SurvivingProcess;

/**
 * A file in {@code proc/}: the publication and {@code pid} as Salt has them, and in {@code resume}
 * what the next minion wants to know.
 *
 * @param publication the job map
 * @param pid the minion that wrote it; -1 for none
 * @param written when, in milliseconds since 1970
 * @param master the master of the job as configured; empty when another program wrote the file
 * @param programs those that ran for the job
 */
record ProcFile(
    Map<String, Object> publication,
    long pid,
    long written,
    String master,
    List<SurvivingProcess> programs) {
  private static final String RESUME = "resume";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** A file that this process is to write. */
  ProcFile(Map<String, Object> publication, String master, List<SurvivingProcess> programs) {
    this(publication, ProcessHandle.current().pid(), 0, master, programs);
  }

  /**
   * Reads a file.
   *
   * @throws MalformedPayload when it is no such file
   */
  static ProcFile read(Path file) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    MessagePack.unpackMap(Files.readAllBytes(file))
        .forEach((key, value) -> content.put(String.valueOf(key), value));
    long pid = content.remove("pid") instanceof Long id ? id : -1;
    Map<?, ?> resume = content.remove(RESUME) instanceof Map<?, ?> map ? map : Map.of();
    return new ProcFile(
        content,
        pid,
        Files.getLastModifiedTime(file).toMillis(),
        resume.get("master") instanceof String master ? master : "",
        programs(resume));
  }

  private static List<SurvivingProcess> programs(Map<?, ?> resume) throws IOException {
    List<SurvivingProcess> programs = new ArrayList<>();
    if (boot().equals(resume.get("boot")) && resume.get("processes") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof List<?> pair
            && pair.size() == 2
            && pair.get(0) instanceof Long id
            && pair.get(1) instanceof Long started) {
          programs.add(new SurvivingProcess(id, started));
        }
      }
    }
    return programs;
  }

  /** Tells one run of the machine from another; empty where the system does not. */
  private static String boot() throws IOException {
    return Files.exists(BOOT) ? Files.readString(BOOT).strip() : "";
  }

  /** Whether the process that wrote it runs; process ids come again. */
  boolean isOwned() {
    return ProcessHandle.of(pid)
        .filter(SurvivingProcess::runs)
        .map(SurvivingProcess::of)
        .filter(process -> process.started() <= written)
        .isPresent();
  }

  /** What {@code saltutil.running} tells. */
  Map<String, Object> description() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("pid", pid);
    description.putAll(publication);
    return description;
  }

  /** The bytes of the file. */
  byte[] pack() throws IOException {
    Map<String, Object> resume = new LinkedHashMap<>();
    resume.put("boot", boot());
    resume.put("master", master);
    resume.put(
        "processes",
        programs.stream().map(process -> List.of(process.pid(), process.started())).toList());
    Map<String, Object> content = description();
    content.put(RESUME, resume);
    return MessagePack.NETWORK.pack(content);
  }
}

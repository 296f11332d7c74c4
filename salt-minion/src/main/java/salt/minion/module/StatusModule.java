package salt.minion.module;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Positional;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.PythonError;
import salt.common.pattern.Glob;
import salt.common.payload.PythonText;

/** Tells how the machine does: its load, memory, disks and processes. */
@ExecutionModule("status")
final class StatusModule {
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long NANOS_PER_MICRO = 1_000;

  private final KernelFiles kernel = new KernelFiles(Path.of("/proc"));

  /**
   * Returns how long the system has been up: seconds, days and hours with minutes, since when, and
   * how many users are logged in.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.uptime
   * }</pre>
   */
  @Exposed
  Map<String, Object> uptime() throws IOException {
    String[] words = kernel.text("uptime").split(" ", -1);
    double exact = Double.parseDouble(words[0]);
    long seconds = (long) exact;
    Instant since = Instant.now().minusNanos((long) (exact * 1e9));
    long micros = since.getNano() / NANOS_PER_MICRO * NANOS_PER_MICRO;
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(since.getEpochSecond(), (int) micros, ZoneOffset.UTC);
    long inDay = seconds % SECONDS_PER_DAY;
    Map<String, Object> uptime = new LinkedHashMap<>();
    uptime.put("seconds", seconds);
    uptime.put("since_iso", time.toString());
    uptime.put("since_t", since.getEpochSecond());
    uptime.put("days", seconds / SECONDS_PER_DAY);
    uptime.put(
        "time", inDay / SECONDS_PER_HOUR + ":" + inDay % SECONDS_PER_HOUR / SECONDS_PER_MINUTE);
    uptime.put("users", users());
    return uptime;
  }

  /** As Salt counts: at least one. */
  private static long users() throws IOException {
    Path logins = Path.of("/var/run/utmp");
    return Math.max(1, Files.exists(logins) ? KernelFiles.logins(Files.readAllBytes(logins)) : 0);
  }

  /**
   * Returns the load averages of the last one, five and fifteen minutes.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.loadavg
   * }</pre>
   */
  @Exposed
  Map<String, Object> loadavg() throws IOException {
    String[] words = kernel.text("loadavg").split(" ", -1);
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("1-min", Double.valueOf(words[0]));
    load.put("5-min", Double.valueOf(words[1]));
    load.put("15-min", Double.valueOf(words[2]));
    return load;
  }

  /**
   * Returns what the kernel says about memory: for each kind a value and its unit.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.meminfo
   * }</pre>
   */
  @Exposed
  Map<String, Object> meminfo() throws IOException {
    Map<String, Object> memory = new LinkedHashMap<>();
    for (List<String> words : kernel.words("meminfo")) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("value", words.get(1));
      if (words.size() > 2) {
        entry.put("unit", words.get(2));
      }
      memory.put(words.get(0).replaceFirst(":$", ""), entry);
    }
    return memory;
  }

  /**
   * Returns what the kernel says about the processors; of several, about the last.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.cpuinfo
   * }</pre>
   */
  @Exposed
  Map<String, Object> cpuinfo() throws IOException {
    Map<String, Object> processor = new LinkedHashMap<>();
    for (String line : kernel.lines("cpuinfo")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        boolean many = name.equals("flags") || name.equals("Features");
        processor.put(name, many ? Arrays.asList(value.split("\\s+", -1)) : value);
      }
    }
    return processor;
  }

  /**
   * Returns the number of processors.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.nproc
   * }</pre>
   */
  @Exposed
  long nproc() throws IOException {
    return kernel.lines("cpuinfo").stream().filter(line -> line.startsWith("processor")).count();
  }

  /**
   * Returns what the kernel counts about virtual memory.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.vmstats
   * }</pre>
   */
  @Exposed
  Map<String, Object> vmstats() throws IOException {
    Map<String, Object> counters = new LinkedHashMap<>();
    for (List<String> words : kernel.words("vmstat")) {
      counters.put(words.get(0), KernelFiles.number(words.get(1)));
    }
    return counters;
  }

  /**
   * Returns the kernel's version line.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.version
   * }</pre>
   */
  @Exposed
  String version() throws IOException {
    return kernel.text("version");
  }

  /**
   * Returns the space of file systems in bytes: of all, or of those that are named by mount point
   * or type. Names may be patterns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.diskusage
   * salt '*' status.diskusage /var
   * salt '*' status.diskusage 'ext*'
   * salt '*' status.diskusage /home btrfs
   * }</pre>
   */
  @Exposed
  Map<String, Object> diskusage(@Positional List<Object> args) throws IOException {
    List<List<String>> mounts = kernel.words("mounts");
    NavigableSet<String> wanted = new TreeSet<>();
    for (List<String> mount : mounts) {
      if (args.isEmpty()) {
        wanted.add(mount.get(1));
      }
    }
    for (Object arg : args) {
      String name = PythonText.str(arg);
      if (name.startsWith("/")) {
        wanted.add(name);
      } else {
        Glob type = Glob.of(name);
        mounts.stream()
            .filter(mount -> type.matches(mount.get(2)))
            .forEach(mount -> wanted.add(mount.get(1)));
      }
    }
    Map<String, Object> usage = new LinkedHashMap<>();
    for (String mount : wanted) {
      usage.put(mount, space(mount));
    }
    return usage;
  }

  private static Map<String, Object> space(String mount) throws IOException {
    try {
      FileStore store = Files.getFileStore(Path.of(mount));
      Map<String, Object> space = new LinkedHashMap<>();
      space.put("available", store.getUsableSpace());
      space.put("total", store.getTotalSpace());
      return space;
    } catch (NoSuchFileException e) {
      throw new PythonError(
          "FileNotFoundError", "[Errno 2] No such file or directory: " + PythonText.repr(mount));
    }
  }

  /**
   * Returns the processes: for each id its user and command line.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.procs
   * }</pre>
   */
  @Exposed
  Map<String, Object> procs() throws IOException {
    Map<String, Object> processes = new LinkedHashMap<>();
    for (long pid : kernel.processes()) {
      kernel
          .process(pid)
          .ifPresent(
              process -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("user", process.user());
                entry.put("cmd", process.shown());
                processes.put(Long.toString(pid), entry);
              });
    }
    return processes;
  }

  /**
   * Returns the ids of the processes whose command line has a text in it, one a line; empty when
   * there is none.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.pid nginx
   * }</pre>
   *
   * @param sig the text
   */
  @Exposed
  String pid(String sig) throws IOException {
    List<String> found = new ArrayList<>();
    for (long pid : kernel.processes()) {
      if (pid != ProcessHandle.current().pid()
          && kernel.process(pid).filter(process -> process.shown().contains(sig)).isPresent()) {
        found.add(Long.toString(pid));
      }
    }
    return String.join("\n", found);
  }

  /**
   * Returns the time of the system.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.time
   * salt '*' status.time '%F %T'
   * }</pre>
   *
   * @param format as of strftime
   */
  @Exposed
  String time(@Default("'%A, %d. %B %Y %I:%M%p'") String format) {
    return new TimeFormat(ZoneId.systemDefault()).format(format, Instant.now());
  }
}

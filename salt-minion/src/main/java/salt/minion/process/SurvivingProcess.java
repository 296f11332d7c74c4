package salt.minion.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that may outlive the minion that started it: told by its process id and when it
 * started, and by its session, which holds its children also after its own end.
 *
 * @param pid the process id, that of a session leader where {@link ProcessRunner} started it
 * @param started in milliseconds since 1970; 0 when the system does not say
 */
public record SurvivingProcess(long pid, long started) {
  private static final Logger LOG = LoggerFactory.getLogger(SurvivingProcess.class);
  private static final long CLOCK_CORRECTION_MILLIS = 5_000;
  private static final int SESSION_FIELD = 3;
  private static final String ZOMBIE = "Z";

  /** A process that runs now. */
  public static SurvivingProcess of(ProcessHandle process) {
    return new SurvivingProcess(process.pid(), startOf(process));
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Whether the program runs, or children of it in its session do. */
  public boolean isAlive() {
    Optional<ProcessHandle> leader = ProcessHandle.of(pid).filter(SurvivingProcess::runs);
    return leader.map(this::isMine).orElseGet(() -> session().findAny().isPresent());
  }

  private boolean isMine(ProcessHandle leader) {
    return Math.abs(startOf(leader) - started) <= CLOCK_CORRECTION_MILLIS;
  }

  private Stream<ProcessHandle> session() {
    return ProcessHandle.allProcesses().filter(process -> sessionOf(process) == pid);
  }

  /** The program and its children, as far as they run. */
  public Stream<ProcessHandle> members() {
    Optional<ProcessHandle> leader = ProcessHandle.of(pid).filter(SurvivingProcess::runs);
    if (leader.isEmpty()) {
      return session();
    } else if (!isMine(leader.get())) {
      return Stream.empty();
    }
    return Stream.of(leader.stream(), leader.get().descendants(), session())
        .flatMap(all -> all)
        .distinct();
  }

  /** Whether a process runs; one that has ended but that nobody has asked about does not. */
  public static boolean runs(ProcessHandle process) {
    return process.isAlive() && !fields(process).get(0).equals(ZOMBIE);
  }

  /** The session of a process; -1 when that is not known. */
  private static long sessionOf(ProcessHandle process) {
    List<String> fields = fields(process);
    return fields.size() <= SESSION_FIELD || fields.get(0).equals(ZOMBIE)
        ? -1
        : Long.parseLong(fields.get(SESSION_FIELD));
  }

  /** What the system tells of a process, from its state on; an empty state when it does not. */
  private static List<String> fields(ProcessHandle process) {
    Path stat = Path.of("/proc", String.valueOf(process.pid()), "stat");
    try {
      String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      // The name of the program comes second, in brackets, and may hold anything.
      return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException | IndexOutOfBoundsException ended) {
      return List.of("");
    }
  }

  /** Ends it and its children. */
  public void end(boolean forcibly) {
    for (ProcessHandle member : members().toList()) {
      if (forcibly) {
        member.destroyForcibly();
      } else {
        member.destroy();
      }
    }
  }

  /**
   * Reads what it writes from now on for {@code output}, each pipe on a thread of its own; they end
   * when nobody writes any more.
   *
   * @param output gets the text of a pipe when that has ended, on its thread
   */
  public List<Thread> read(Consumer<String> output) {
    Map<String, Path> pipes = new LinkedHashMap<>();
    for (ProcessHandle member : members().toList()) {
      for (String descriptor : List.of("1", "2")) {
        Path path = Path.of("/proc", String.valueOf(member.pid()), "fd", descriptor);
        try {
          String target = Files.readSymbolicLink(path).toString();
          if (target.contains(OutputPipes.NAME)) {
            pipes.putIfAbsent(target, path);
          }
        } catch (IOException e) {
          LOG.debug("cannot see where process {} writes: {}", member.pid(), e.toString());
        }
      }
    }
    return pipes.values().stream().map(path -> reader(path, output)).toList();
  }

  private Thread reader(Path pipe, Consumer<String> output) {
    BoundedOutput kept = new BoundedOutput(ProcessRunner.MOST_OUTPUT / 8);
    Thread thread =
        new Thread(
            () -> {
              try (InputStream stream = new FileInputStream(pipe.toFile())) {
                kept.readFrom(stream, () -> false);
              } catch (IOException e) {
                LOG.debug("the output of process {} is not read on: {}", pid, e.toString());
              }
              output.accept(new String(kept.content().toArray(), StandardCharsets.UTF_8));
            },
            "output-of-" + pid);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}

package salt.cli.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import salt.common.testing.Eventually;

/** A master and two minions that run, each on a side, with the files of them all. */
final class Site implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  private final Installation installation;
  private final Corner corner;
  private final SiteFiles files = new SiteFiles();
  private final Map<String, RunningProgram> daemons = new LinkedHashMap<>();
  private final Queue<RunningProgram> programs = new ConcurrentLinkedQueue<>();
  private final Thread hook = new Thread(this::abandon, "abandon-site");
  private int maxEventSize = SiteFiles.DEFAULT_EVENT_SIZE;
  private int started;
  private boolean abandoned;

  /** Starts all of them; the minions wait to be accepted. */
  Site(Installation installation, Corner corner) {
    this.installation = installation;
    this.corner = corner;
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      startMaster(SiteFiles.DEFAULT_EVENT_SIZE);
      SiteFiles.MINIONS.forEach(this::startMinion);
      for (String id : SiteFiles.MINIONS) {
        awaitKey(id);
      }
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  SiteFiles files() {
    return files;
  }

  Corner corner() {
    return corner;
  }

  int maxEventSize() {
    return maxEventSize;
  }

  /** Starts the master, and waits until it takes connections at all its sockets. */
  void startMaster(int eventSize) {
    maxEventSize = eventSize;
    files.writeMaster(eventSize, masterExtras());
    start("master", corner.master(), "salt-master");
    RunningProgram master = daemons.get("master");
    Eventually.within(
        START,
        () -> "the master's sockets\n" + master.err() + files.logs(),
        () -> files.masterListens() || !master.alive());
    if (!master.alive()) {
      throw new AssertionError("the master ended: " + master.await(START) + files.logs());
    }
  }

  /**
   * What our programs need for another release: an older sign-in, events without their length. What
   * real Salt does not know it passes over.
   */
  private String masterExtras() {
    return switch (corner.release()) {
      case Matrix.OLD -> "minimum_auth_version: 2\nevent_bus_framing: plain\n";
      case Matrix.NEWEST -> corner.master() == Side.OURS ? "event_bus_framing: plain\n" : "";
      default -> "";
    };
  }

  void startMinion(String id) {
    start(id, corner.minion(), "salt-minion");
  }

  private void start(String node, Side side, String program) {
    daemons.put(node, run(node, words(side, program, node, List.of())));
  }

  private synchronized RunningProgram run(String name, List<String> words) {
    if (abandoned) {
      throw new IllegalStateException("the site is being left");
    }
    RunningProgram running =
        RunningProgram.start(files.work().resolve(name + "-" + started++), words);
    programs.add(running);
    return running;
  }

  /** Stops the master or a minion. */
  void stop(String node) {
    RunningProgram running = daemons.remove(node);
    if (running != null) {
      running.close();
    }
  }

  /** Waits until the master knows a key of this minion, in whatever state. */
  void awaitKey(String id) {
    Path keys = files.root().resolve("master/etc/salt/pki/master");
    Eventually.within(
        START,
        () -> "a key of " + id + "\n" + daemons.get(id).err() + files.logs(),
        () ->
            Stream.of("minions", "minions_pre", "minions_rejected", "minions_denied")
                .anyMatch(state -> Files.exists(keys.resolve(state).resolve(id))));
  }

  /** Starts a command of the master. */
  RunningProgram command(Side cli, String program, List<String> arguments) {
    return run("command", words(cli, program, "master", arguments));
  }

  private List<String> words(Side side, String program, String node, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(installation.program(corner.release(), side, program).toString());
    words.add("-c");
    words.add(files.config(node).toString());
    words.addAll(arguments);
    return words;
  }

  /** Writes a file the master serves. */
  void serve(String name, byte[] content) {
    try {
      Files.write(files.served().resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<String> nodes = new ArrayList<>(daemons.keySet());
    for (int at = nodes.size() - 1; at >= 0; at--) {
      stop(nodes.get(at));
    }
    files.close();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** When this program is told to end amid a visit: nothing of it is left. */
  private synchronized void abandon() {
    abandoned = true;
    Eventually.within(
        Duration.ofSeconds(10),
        "all programs are gone",
        () -> programs.stream().filter(program -> !program.kill()).findAny().isEmpty());
    files.close();
  }
}

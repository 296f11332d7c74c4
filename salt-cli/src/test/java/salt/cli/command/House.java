package salt.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.config.ConfigLoader;
import salt.common.config.OptionCatalog;
import salt.common.config.Options;
import salt.common.config.Surroundings;
import salt.common.transport.MemoryTransport;
import salt.common.transport.Transport;
import salt.master.Master;
import salt.minion.Minion;

/** A master with minions, all in this process, and their command line. */
final class House implements AutoCloseable {
  private final Path directory;
  private final MemoryTransport transport = new MemoryTransport();
  private final Map<String, Minion> minions = new HashMap<>();
  private final Surroundings surroundings;
  private final Master master;

  /** What a command did. */
  record Outcome(int exit, String out, String err) {}

  House(Path directory, String... ids) throws IOException {
    this.directory = directory;
    Surroundings here = Surroundings.ofThisProcess("salt");
    surroundings =
        new Surroundings("salt", Map.of(), here.user(), directory, directory, here.hostNames());
    Files.writeString(
        directory.resolve("master"),
        """
        root_dir: %s
        sock_dir: %s/run
        interface: 127.0.0.1
        auto_accept: true
        keysize: 2048
        worker_threads: 2
        gather_job_timeout: 1
        user: %s
        """
            .formatted(directory, directory, here.user()));
    ConfigLoader loader = new ConfigLoader(OptionCatalog.read(), surroundings, Set.of());
    master =
        Master.start(loader.master(directory).options(), transport, here.user(), Clock.systemUTC());
    for (String id : ids) {
      start(loader, id);
    }
  }

  private void start(ConfigLoader loader, String id) throws IOException {
    Path own = Files.createDirectories(directory.resolve(id));
    Files.writeString(
        own.resolve("minion"),
        """
        root_dir: %s
        sock_dir: %s/run
        id: %s
        master: 127.0.0.1
        """
            .formatted(own, own, id));
    Options options = loader.minion(own).options();
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("id", id);
    minions.put(id, Minion.start(options, transport, () -> grains, Clock.systemUTC()));
  }

  /** Runs a command until the minions it is for have connected. */
  void awaitMinions(int count) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (run("salt", "-t", "1", "--out=txt", "*", "test.ping").out().split("True", -1).length
        != count + 1) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the minions do not answer");
      }
    }
  }

  /** Ends a minion. */
  void end(String id) {
    minions.remove(id).close();
  }

  Outcome run(String program, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            surroundings);
    List<String> all = new ArrayList<>(List.of("-c", directory.toString()));
    all.addAll(List.of(words));
    Transport lent = new LentTransport(transport);
    int exit = new Programs(() -> lent).run(program, all, terminal);
    return new Outcome(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    minions.values().forEach(Minion::close);
    master.close();
    transport.close();
  }
}

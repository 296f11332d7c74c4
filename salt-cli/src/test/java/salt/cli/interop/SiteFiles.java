package salt.cli.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The directory of a site with the configuration of its master and minions. */
final class SiteFiles implements AutoCloseable {
  static final int DEFAULT_EVENT_SIZE = 1_048_576;
  static final int RAISED_EVENT_SIZE = 32 << 20;
  static final List<String> MINIONS = List.of("web1", "db1");

  private final Path root;
  private final int publishPort;
  private final int requestPort;

  SiteFiles() {
    try {
      // Sockets lie below it, and their paths may have 107 bytes only.
      root = Files.createTempDirectory(Path.of("/tmp"), "si");
      publishPort = Ports.free();
      requestPort = Ports.free();
      Files.createDirectories(root.resolve("files"));
      Files.createDirectories(root.resolve("pillar"));
      Files.createDirectories(root.resolve("work"));
      Files.writeString(root.resolve("pillar/top.sls"), "base:\n  '*':\n    - site\n");
      Files.writeString(root.resolve("pillar/site.sls"), "site:\n  rack: {{ grains['id'] }}\n");
      for (String id : MINIONS) {
        Files.createDirectories(root.resolve(id).resolve("etc"));
        Files.writeString(root.resolve(id).resolve("etc/minion"), minion(id));
      }
      Files.createDirectories(root.resolve("master/etc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  /** The configuration directory of the master or of a minion. */
  Path config(String node) {
    return root.resolve(node).resolve("etc");
  }

  /** The master's cache. */
  Path masterCache() {
    return root.resolve("master/var/cache/salt/master");
  }

  /** Where programs may leave files. */
  Path work() {
    return root.resolve("work");
  }

  /** The files the master serves. */
  Path served() {
    return root.resolve("files");
  }

  /** Whether the master takes connections at all sockets that minions and commands use. */
  boolean masterListens() {
    Path sockets = root.resolve("master/var/run/salt/master");
    return IntStream.of(publishPort, requestPort)
            .allMatch(
                port ->
                    Ports.listens(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
        && Stream.of("master_event_pub.ipc", "master_event_pull.ipc", "publish_pull.ipc")
            .allMatch(name -> Ports.listens(UnixDomainSocketAddress.of(sockets.resolve(name))));
  }

  /** Writes the master's configuration. */
  void writeMaster(int maxEventSize, String more) {
    String text =
        """
        root_dir: %1$s/master
        user: %2$s
        interface: 127.0.0.1
        publish_port: %3$d
        ret_port: %4$d
        worker_threads: 3
        timeout: 15
        gather_job_timeout: 3
        loop_interval: 5
        fileserver_backend: [roots]
        file_roots: {base: [%1$s/files]}
        pillar_roots: {base: [%1$s/pillar]}
        file_recv: True
        peer: {'.*': ['test.*']}
        nodegroups: {webs: 'web*', racked: 'G@rack:r1'}
        max_event_size: %5$d
        log_level_logfile: debug
        """;
    try {
      Files.writeString(
          config("master").resolve("master"),
          text.formatted(
                  root, System.getProperty("user.name"), publishPort, requestPort, maxEventSize)
              + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String minion(String id) {
    return """
    root_dir: %1$s/%2$s
    user: %3$s
    id: %2$s
    master: 127.0.0.1
    master_port: %4$d
    acceptance_wait_time: 1
    acceptance_wait_time_max: 1
    rejected_retry: True
    auth_timeout: 10
    auth_tries: 30
    random_reauth_delay: 1
    recon_default: 100
    recon_max: 500
    recon_randomize: False
    enable_fqdns_grains: False
    enable_gpu_grains: False
    grains: {rack: %5$s, place: {city: Köln}}
    max_event_size: %6$d
    log_level_logfile: debug
    """
        .formatted(
            root,
            id,
            System.getProperty("user.name"),
            requestPort,
            "web1".equals(id) ? "r1" : "r2",
            RAISED_EVENT_SIZE);
  }

  /** The last lines of the logs, for a failure. */
  String logs() {
    StringBuilder all = new StringBuilder();
    for (String node : List.of("master", "web1", "db1")) {
      Path log =
          root.resolve(node)
              .resolve("var/log/salt")
              .resolve("master".equals(node) ? node : "minion");
      if (Files.isReadable(log)) {
        try (Stream<String> lines = Files.lines(log)) {
          List<String> bad =
              lines.filter(line -> line.matches(".*(WARN|ERROR|CRITICAL).*")).toList();
          all.append("--- ").append(node).append('\n');
          bad.stream().skip(Math.max(0, bad.size() - 15)).forEach(line -> append(all, line));
        } catch (IOException | UncheckedIOException e) {
          all.append("no log of ").append(node).append(": ").append(e).append('\n');
        }
      }
    }
    return all.toString();
  }

  private static void append(StringBuilder all, String line) {
    all.append(line, 0, Math.min(line.length(), 500)).append('\n');
  }

  @Override
  public void close() {
    if (Boolean.getBoolean("salt.interop.keep")) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package salt.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A master and a minion in this process, below a directory of their own, for commands to work with.
 * They reach each other by the loopback address, and the minion knows the master's key beforehand.
 */
final class TrainingSite implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 100;

  private final Path directory;
  private final Deque<Thread> daemons = new ArrayDeque<>();

  /** A site in that directory, whose name must be short as sockets lie below it. */
  TrainingSite(Path directory) throws IOException {
    this.directory = directory;
    String common =
        "user: " + System.getProperty("user.name") + "\nkeysize: 2048\nlog_level: quiet\n";
    try (ServerSocket publications = loopback();
        ServerSocket requests = loopback()) {
      write(
          "master",
          common
              + "interface: 127.0.0.1\nauto_accept: true\nworker_threads: 2\n"
              + ports("publish_port", publications, "ret_port", requests));
      write(
          "minion",
          common
              + "id: trainee\nmaster: 127.0.0.1\nenable_fqdns_grains: false\n"
              + ports("publish_port", publications, "master_port", requests));
    }
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private static String ports(
      String publish, ServerSocket publications, String request, ServerSocket requests) {
    return publish
        + ": "
        + publications.getLocalPort()
        + "\n"
        + request
        + ": "
        + requests.getLocalPort()
        + "\n";
  }

  private void write(String name, String options) throws IOException {
    Files.writeString(
        directory.resolve(name), "root_dir: " + directory.resolve("of-" + name) + "\n" + options);
  }

  /** Starts the daemons and runs commands. */
  void work() throws IOException, InterruptedException {
    start("salt-master", "of-master/var/run/salt-master.pid");
    Path key = directory.resolve("of-minion/etc/salt/pki/minion/minion_master.pub");
    Files.createDirectories(key.getParent());
    Files.copy(directory.resolve("of-master/etc/salt/pki/master/master.pub"), key);
    start("salt-minion", "of-minion/var/run/salt-minion.pid");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (run("salt", "-t", "2", "trainee", "test.ping") != 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    run("salt", "*", "test.ping");
    run("salt", "-L", "trainee", "test.arg", "1", "a=b", "--out=json");
    run("salt", "nobody", "test.ping");
    run("salt-call", "--local", "test.ping");
    run("salt-call", "test.ping");
    run("salt-key", "-L");
    run("salt-run", "jobs.active");
  }

  private void start(String program, String pidFile) throws InterruptedException {
    Thread daemon = new Thread(() -> run(program), "training-" + program);
    daemons.push(daemon);
    daemon.start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Files.notExists(directory.resolve(pidFile))) {
      if (System.nanoTime() > end || !daemon.isAlive()) {
        throw new IllegalStateException(program + " does not come up");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private int run(String program, String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "-c";
    all[1] = directory.toString();
    System.arraycopy(words, 0, all, 2, words.length);
    return Training.run(program, all);
  }

  /** Ends the daemons, which take an interrupted main thread for a signal. */
  @Override
  public void close() {
    for (Thread daemon : daemons) {
      daemon.interrupt();
      try {
        daemon.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

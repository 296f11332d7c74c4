package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import salt.common.testing.RealSalt;

/** A master and minions of real Salt in a directory, on loopback. */
final class RealMaster implements AutoCloseable {
  private final Path directory;
  private final List<Process> daemons = new ArrayList<>();
  private final int publishPort = freePort();
  private final int requestPort = freePort();

  RealMaster(Path directory, String... ids) throws IOException {
    this.directory = directory;
    write(
        directory,
        "master",
        "interface: 127.0.0.1\nauto_accept: true\nworker_threads: 3\ngather_job_timeout: 3\n"
            + "publish_port: "
            + publishPort
            + "\nret_port: "
            + requestPort
            + "\n");
    start("salt-master", directory);
    for (String id : ids) {
      Path own = Files.createDirectories(directory.resolve(id));
      write(
          own,
          "minion",
          "id: "
              + id
              + "\nmaster: 127.0.0.1\npublish_port: "
              + publishPort
              + "\nmaster_port: "
              + requestPort
              + "\n");
      start("salt-minion", own);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, String name, String text) throws IOException {
    String common =
        "root_dir: "
            + folder
            + "\nsock_dir: "
            + folder
            + "/run\npki_dir: "
            + folder
            + "/pki\ncachedir: "
            + folder
            + "/cache\nuser: "
            + System.getProperty("user.name")
            + "\n";
    Files.writeString(folder.resolve(name), common + text);
  }

  private void start(String program, Path folder) throws IOException {
    daemons.add(
        new ProcessBuilder(RealSalt.program(program).toString(), "-c", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(program + ".out").toFile())
            .start());
  }

  /** What a command of real Salt prints on standard output. */
  String run(String program, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(RealSalt.program(program).toString());
    command.add("-c");
    command.add(directory.toString());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return out + "exit " + process.waitFor();
  }

  @Override
  public void close() {
    for (Process daemon : daemons) {
      List<ProcessHandle> all = new ArrayList<>(daemon.descendants().toList());
      all.add(daemon.toHandle());
      daemon.destroy();
      try {
        daemon.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }
}

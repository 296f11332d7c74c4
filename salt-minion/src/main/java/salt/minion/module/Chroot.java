package salt.minion.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;
import salt.minion.process.Command;
import salt.minion.process.Finished;
import salt.minion.process.LaunchFailure;
import salt.minion.process.ProcessRunner;
import salt.minion.process.ShellWords;
import salt.minion.process.TextDecoding;

/**
 * The file systems that a command in another root directory needs, mounted until closed. Processes
 * that still run below the root are then ended.
 */
final class Chroot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chroot.class);
  private static final int ATTEMPTS = 6;
  private static final int KINDLY = 3;

  private final Path root;
  private final ProcessRunner processes;
  private final Call call;
  private final Deque<Path> mounted = new ArrayDeque<>();

  Chroot(Path root, List<String> binds, ProcessRunner processes, Call call) {
    if (!root.isAbsolute() || !Files.isDirectory(root) || root.normalize().getNameCount() == 0) {
      throw new CallException(
          CallException.Kind.EXECUTION, "'" + root + "' is not an absolute directory below /");
    }
    this.root = root;
    this.processes = processes;
    this.call = call;
    mount("dev", "-t", "devtmpfs", "devtmpfs");
    mount("proc", "-t", "proc", "proc");
    mount("sys", "-t", "sysfs", "sysfs");
    for (String bind : binds) {
      mount(bind.replaceFirst("^/+", ""), "-o", "bind", bind);
    }
  }

  /**
   * The line that runs a command below the root, by the shell that is there.
   *
   * @param user who to become there; null for the current user
   */
  String enter(Object command, String user, String group) {
    String line =
        command instanceof List<?> words
            ? words.stream().map(PythonText::str).collect(Collectors.joining(" "))
            : PythonText.str(command);
    String shell = Files.isRegularFile(root.resolve("bin/bash")) ? "/bin/bash" : "/bin/sh";
    String account = user == null ? "" : "--userspec " + user + ":" + (group == null ? "" : group);
    return "chroot %s %s %s -c %s"
        .formatted(account, ShellWords.quote(root.toString()), shell, ShellWords.quote(line));
  }

  private void mount(String point, String... what) {
    Path target = root.resolve(point);
    List<String> arguments = new ArrayList<>(List.of("mount"));
    arguments.addAll(List.of(what));
    arguments.add(target.toString());
    if (run(arguments)) {
      mounted.push(target);
    }
  }

  private boolean run(List<String> arguments) {
    try {
      Finished finished = processes.run(Command.of(arguments.toArray(String[]::new)), call);
      if (finished.exitCode() != 0) {
        LOG.error(
            "{}: {}", String.join(" ", arguments), TextDecoding.utf8(finished.stderr()).strip());
      }
      return finished.exitCode() == 0;
    } catch (LaunchFailure e) {
      LOG.error("{}: {}", String.join(" ", arguments), e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < ATTEMPTS; i++) {
      boolean kindly = i < KINDLY;
      inside().forEach(kindly ? ProcessHandle::destroy : ProcessHandle::destroyForcibly);
    }
    while (!mounted.isEmpty()) {
      run(List.of("umount", mounted.pop().toString()));
    }
  }

  private List<ProcessHandle> inside() {
    List<ProcessHandle> inside = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      Path real = root.toRealPath();
      for (Path process : all) {
        if (rootOf(process).startsWith(real)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(inside::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't look for processes below " + root, e);
    }
    return inside;
  }

  private static Path rootOf(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("root"));
    } catch (IOException goneOrNotOurs) {
      return Path.of("/");
    }
  }
}

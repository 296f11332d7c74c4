package salt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import salt.cli.minion.TestSite;

/** A program of the distribution in a process of its own. */
final class DaemonProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private DaemonProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a program.
   *
   * @param output where what it prints goes
   * @param environment added to this process's own
   */
  static DaemonProcess start(Path output, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath()));
    command.add("salt.cli.command.Main");
    command.addAll(List.of(words));
    return start(output, environment, command);
  }

  /**
   * Starts a program by its launcher.
   *
   * @param distribution as {@link #distribution} makes it
   */
  static DaemonProcess launch(
      Path distribution, Path output, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(words));
    command.set(0, distribution.resolve("bin").resolve(words[0]).toString());
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("SALT_NO_ARCHIVE", "yes");
    return start(output, all, command);
  }

  /** The launchers in a directory, for the classes that are tested. */
  static Path distribution(Path directory) throws IOException {
    Path sources = Path.of("src/main/dist");
    for (String part : List.of("bin", "lib")) {
      Files.createDirectories(directory.resolve(part));
      try (Stream<Path> files = Files.list(sources.resolve(part))) {
        for (Path file : files.toList()) {
          Files.copy(
              file,
              directory.resolve(part).resolve(file.getFileName()),
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String entries =
        Stream.of(classPath().split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, entries);
    try (OutputStream file = Files.newOutputStream(directory.resolve("lib/classes.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.flush();
    }
    return directory;
  }

  private static String classPath() {
    String classes = System.getProperty("surefire.test.class.path");
    return classes == null ? System.getProperty("java.class.path") : classes;
  }

  private static DaemonProcess start(
      Path output, Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(new File("/dev/null"));
    return new DaemonProcess(builder.start(), output);
  }

  /** Waits for the end; returns the exit code. */
  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(TestSite.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the end of %s", process.info())
        .isTrue();
    return process.exitValue();
  }

  /** Sends SIGTERM and waits; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Sends SIGKILL and waits. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      kill();
    }
  }
}

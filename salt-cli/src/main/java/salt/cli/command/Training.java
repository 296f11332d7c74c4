package salt.cli.command;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import salt.common.config.Options;
import salt.common.config.Surroundings;
import salt.common.logging.CommandLoggers;
import salt.common.logging.CommandLoggingProvider;
import salt.common.logging.LogSettings;

/**
 * Does what the programs do and loads what else they may load, so that the launcher can have Java
 * list it and make an archive of class data, which halves the time a program takes to start.
 */
public final class Training {
  /** What is used by all programs or by the daemons; other libraries matter little. */
  private static final List<String> PACKAGES =
      List.of(
          "salt/",
          "org/zeromq/",
          "zmq/",
          "org/msgpack/",
          "org/yaml/",
          "com/fasterxml/",
          "org/slf4j/",
          "ch/qos/logback/core/",
          "ch/qos/logback/classic/");

  private Training() {}

  /** Does and loads it all. */
  public static void main(String[] arguments) throws IOException {
    for (String name : Programs.names()) {
      run(name, "--help");
      run(name, "--versions-report");
      run(name, "--no-such-option");
    }
    log();
    work();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (path.endsWith(".jar")) {
        loadAll(path);
      }
    }
  }

  /** Runs a program that prints to nowhere. */
  static int run(String program, String... words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            nowhere,
            nowhere,
            false,
            Surroundings.ofThisProcess(program));
    return Main.programs().run(program, List.of(words), terminal);
  }

  /** Logs as commands do, since in this process all log as daemons do. */
  private static void log() {
    CommandLoggingProvider provider = new CommandLoggingProvider();
    provider.initialize();
    if (provider.getLoggerFactory() instanceof CommandLoggers loggers) {
      Options quiet = Options.of(Map.of("log_level", "quiet", "log_level_logfile", "quiet"));
      loggers.start(LogSettings.of(quiet.with("log_file", "/dev/null")));
      loggers.getLogger(Training.class.getName()).info("trained");
    }
  }

  private static void work() throws IOException {
    Path directory = Files.createTempDirectory("salt-training");
    try (TrainingSite site = new TrainingSite(directory)) {
      site.work();
    } catch (IOException | InterruptedException | RuntimeException e) {
      // The archive lacks a part then, and is still of use.
      System.err.println("left out: work with a master and a minion: " + e);
    } finally {
      delete(directory.toFile());
    }
  }

  private static void delete(File file) throws IOException {
    File[] inside = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
    if (inside != null) {
      for (File one : inside) {
        delete(one);
      }
    }
    Files.deleteIfExists(file.toPath());
  }

  private static void loadAll(String path) throws IOException {
    try (JarFile jar = new JarFile(path)) {
      jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && PACKAGES.stream().anyMatch(name::startsWith))
          .forEach(Training::load);
    }
  }

  private static void load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, Training.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // It needs a library that is not here, so no program loads it either.
      System.err.println("left out: " + name + ": " + e);
    }
  }
}

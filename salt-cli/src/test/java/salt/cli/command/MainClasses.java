package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes named as those that launchers start, which show what reaches them. */
final class MainClasses {
  private static final String MAIN =
      """
      package salt.cli.command;
      import java.nio.file.*;
      public final class Main {
        public static void main(String[] words) throws Exception {
          var out = new java.io.PrintStream(System.out, true, "UTF-8");
          switch (words[1]) {
            case "args" -> out.println(java.util.Arrays.asList(words));
            case "exit" -> System.exit(Integer.parseInt(words[2]));
            case "file" -> {
              Files.writeString(Path.of(words[2]), "x");
              try (var files = Files.list(Path.of(""))) {
                files.filter(file -> file.toString().equals(words[2]))
                    .forEach(file -> out.println("found " + file));
              }
            }
            case "properties" -> {
              String line = System.getProperty(words[2]);
              for (int index = 3; index < words.length; index++) {
                line += " " + System.getProperty(words[index]);
              }
              out.println(line);
            }
            case "sleep" -> {
              Path started = Path.of(words[2]);
              Path draft = Path.of(words[2] + ".draft");
              Files.writeString(draft, "" + ProcessHandle.current().pid());
              Files.move(draft, started, StandardCopyOption.ATOMIC_MOVE);
              Thread.sleep(600_000);
            }
            case "fail" -> {
              System.err.println(words[2]);
              System.exit(7);
            }
            default -> throw new IllegalArgumentException(words[1]);
          }
        }
      }
      """;

  private static final String TRAINING =
      """
      package salt.cli.command;
      public final class Training {
        public static void main(String[] words) throws Exception {
          Class.forName("salt.cli.command.Main");
        }
      }
      """;

  private MainClasses() {}

  /** Makes a distribution of the launchers and a jar of these classes. */
  static void writeDistribution(Path directory) throws IOException {
    writeJar(Files.createDirectories(directory.resolve("lib")).resolve("salt-main.jar"));
    Path sources = Path.of("src/main/dist");
    Files.copy(
        sources.resolve("lib/salt-launch.sh"), directory.resolve("lib").resolve("salt-launch.sh"));
    Files.createDirectories(directory.resolve("bin"));
    try (Stream<Path> programs = Files.list(sources.resolve("bin"))) {
      for (Path program : programs.toList()) {
        Path copy = Files.copy(program, directory.resolve("bin").resolve(program.getFileName()));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  /** Compiles them into a jar. */
  private static void writeJar(Path jar) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(
            compiler
                .getTask(
                    null,
                    null,
                    null,
                    List.of("-d", classes.toString(), "-proc:none"),
                    null,
                    List.of(source("Main", MAIN), source("Training", TRAINING)))
                .call())
        .isTrue();
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> found = Files.walk(classes)) {
      for (Path compiled : found.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(compiled).toString()));
        Files.copy(compiled, out);
      }
    }
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///salt/cli/command/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}

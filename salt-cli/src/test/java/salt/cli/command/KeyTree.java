package salt.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import salt.common.config.Surroundings;
import salt.common.payload.Fields;

/** The files of a master with keys in all states, as {@code salt-key} was recorded on. */
final class KeyTree {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("master.pem", "k0.pem"),
          Map.entry("master.pub", "k0.pub"),
          Map.entry("minions/web1", "k1.pub"),
          Map.entry("minions/db1", "k2.pub"),
          Map.entry("minions/Alpha", "k3.pub"),
          Map.entry("minions_pre/web2", "k4.pub"),
          Map.entry("minions_pre/db2", "k5.pub"),
          Map.entry("minions_pre/Zed", "k5.pub"),
          Map.entry("minions_rejected/old1", "k1.pub"),
          Map.entry("minions_rejected/web9", "k2.pub"),
          Map.entry("minions_denied/web1", "k3.pub"));

  private final Path root;

  /** What came of a call; changes are from the root to the new mode, or to null when gone. */
  record Outcome(int exit, String out, String err, Map<String, String> changes) {}

  /** Makes the files in {@code root}. */
  KeyTree(Path root, String config, List<?> prepare) throws IOException {
    this.root = root;
    directory("pki", "rwx------");
    for (String state :
        List.of(
            "minions", "minions_pre", "minions_rejected", "minions_denied", "minions_autosign")) {
      directory("pki/" + state, "rwx------");
    }
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      copy(key.getValue(), "pki/" + key.getKey());
    }
    Files.setPosixFilePermissions(
        root.resolve("pki/master.pem"), PosixFilePermissions.fromString("r--------"));
    write("pki/minions_pre/bad", "not a key\n");
    write("pki/minions_pre/.hidden", "x");
    for (String id : List.of("web1", "db1", "gone", "web2")) {
      directory("cache/minions/" + id, "rwx------");
      write("cache/minions/" + id + "/data.p", "x");
    }
    write("master", options() + config);
    for (Object step : prepare) {
      prepare(Fields.require("prepare", step));
    }
  }

  private String options() {
    return String.format(
        "user: %2$s%npki_dir: %1$s/pki%ncachedir: %1$s/cache%nsock_dir: %1$s/sock%n"
            + "log_file: %1$s/master.log%nkey_logfile: %1$s/key.log%npidfile: %1$s/m.pid%n",
        root, System.getProperty("user.name"));
  }

  private void prepare(Fields step) throws IOException {
    if (step.has("remove")) {
      try (Stream<Path> files = Files.walk(root.resolve(step.text("remove")))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } else if (step.has("directory")) {
      directory(step.text("directory"), "rwxr-xr-x");
    } else if (step.has("key")) {
      copy(step.text("key"), step.text("file"));
    } else {
      write(step.text("file"), step.text("text"));
    }
  }

  private void directory(String name, String mode) throws IOException {
    Files.createDirectories(root.resolve(name));
    Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private void copy(String key, String name) throws IOException {
    try (InputStream in = KeyTree.class.getResourceAsStream("/conformance/salt-key/" + key)) {
      Files.copy(in, root.resolve(name));
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  /** Runs our {@code salt-key} on it, in this process. */
  Outcome run(List<String> words, String input) throws IOException {
    Map<String, String> before = files();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings here = Surroundings.ofThisProcess("salt-key");
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            new Surroundings(
                "salt-key",
                Map.of("SALT_CONFIG_DIR", root.toString()),
                here.user(),
                root,
                root,
                here.hostNames()));
    Settings settings = new FileSettings(terminal.surroundings(), terminal.err());
    int exit =
        new Invocation<>(new KeyProgram(), settings, terminal)
            .run(words, new KeyCommand(Clock.systemUTC()));
    return new Outcome(exit, text(out), text(err), changes(before));
  }

  /** Runs another {@code salt-key} on it. */
  Outcome run(Path program, List<String> words, String input)
      throws IOException, InterruptedException {
    Map<String, String> before = files();
    List<String> command =
        Stream.concat(Stream.of(program.toString(), "-c", root.toString()), words.stream())
            .toList();
    Path out = Files.createTempFile("salt-key", ".out");
    Path err = Files.createTempFile("salt-key", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      process.outputWriter(StandardCharsets.UTF_8).append(input).close();
      int exit = process.waitFor();
      return new Outcome(exit, masked(out), masked(err), changes(before));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private String masked(Path file) throws IOException {
    return Files.readString(file).replace(root.toString(), "@DIR@");
  }

  private String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(root.toString(), "@DIR@");
  }

  private Map<String, String> changes(Map<String, String> before) throws IOException {
    Map<String, String> after = files();
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    Map<String, String> changes = new TreeMap<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        String now = after.get(name);
        changes.put(name, now == null ? null : now.replaceFirst(" .*", ""));
      }
    }
    return changes;
  }

  /** Mode and size of each, log files apart. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) {
        if (!file.equals(root) && !file.toString().endsWith(".log")) {
          boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
          files.put(
              root.relativize(file).toString(),
              octal(Files.getPosixFilePermissions(file))
                  + (directory ? "/" : " " + Files.size(file)));
        }
      }
    }
    return files;
  }

  private static String octal(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : PosixFilePermission.values()) {
      mode = mode << 1 | (permissions.contains(each) ? 1 : 0);
    }
    return Integer.toOctalString(mode);
  }
}

package salt.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the options of a command on the master from those of the master. */
final class ClientOptions {
  private static final int DEFAULT_TOKEN_AGE = 43200;

  private final Surroundings surroundings;

  ClientOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  LoadedConfig complete(LoadedConfig master) {
    List<Problem> problems = new ArrayList<>(master.problems());
    List<Path> files = new ArrayList<>(master.files());
    Map<String, Object> values = new LinkedHashMap<>();
    Path own = ownFolder();
    values.put("token_file", own.resolve("salt_token").toString());
    values.putAll(master.options().asMap());
    values.putAll(ownOptions(own, problems, files));
    token(values, problems);
    address(values);
    return new LoadedConfig(Options.of(values), problems, files);
  }

  /** {@code $XDG_CONFIG_HOME/salt} if it exists, else the home directory. */
  private Path ownFolder() {
    Path folder = configHome().resolve("salt");
    return Files.isDirectory(folder) ? folder : surroundings.home();
  }

  private Path configHome() {
    String variable = surroundings.environment().get("XDG_CONFIG_HOME");
    return variable == null ? surroundings.home().resolve(".config") : Path.of(variable);
  }

  private Map<String, Object> ownOptions(Path own, List<Problem> problems, List<Path> files) {
    Path path = own.resolve(own.equals(surroundings.home()) ? ".saltrc" : "saltrc");
    String variable = surroundings.variable("SALT_CLIENT_CONFIG");
    if (variable != null && Files.isRegularFile(Path.of(variable))) {
      path = Path.of(variable);
    }
    if (!Files.isReadable(path)) {
      return Map.of();
    }
    try {
      Map<String, Object> values = ConfigFile.read(path).values();
      files.add(path);
      values.put("conf_file", path.toString());
      return values;
    } catch (ConfigFile.Unreadable e) {
      problems.add(e.problem(true));
      return Map.of();
    }
  }

  private void token(Map<String, Object> values, List<Problem> problems) {
    String written = surroundings.expandHome(Python.text(values.get("token_file")));
    Path file =
        Path.of(Paths.normalize(Paths.join(surroundings.workingDirectory().toString(), written)));
    values.put("token_file", file.toString());
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      long age =
          values.containsKey("token_expire")
              ? (long) Options.of(values).number("token_expire")
              : DEFAULT_TOKEN_AGE;
      Instant expiry = Files.getLastModifiedTime(file).toInstant().plusSeconds(age);
      if (expiry.isAfter(Clock.systemUTC().instant())) {
        values.put("token", Files.readString(file).strip());
      }
    } catch (IOException e) {
      problems.add(new Problem(false, file, 0, "cannot read the token: " + e));
    }
  }

  /** One cannot connect to a wildcard address. */
  private static void address(Map<String, Object> values) {
    String address = Python.text(values.get("interface"));
    if (address.equals("0.0.0.0")) {
      address = "127.0.0.1";
      values.put("interface", address);
    } else if (address.equals("::")) {
      address = "::1";
      values.put("interface", address);
    }
    String host =
        address.indexOf(':') >= 0 ? "[" + address.replaceAll("[\\[\\]]", "") + "]" : address;
    values.putIfAbsent("master_uri", "tcp://" + host + ":" + values.get("ret_port"));
  }
}

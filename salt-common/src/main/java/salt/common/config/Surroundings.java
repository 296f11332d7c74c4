package salt.common.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What configuration depends on besides its files.
 *
 * @param program the name of the running program, such as {@code salt-master}
 * @param environment the environment variables
 * @param user the user it runs as
 * @param home that user's home directory
 * @param workingDirectory where relative names start
 * @param hostNames how the machine is called
 */
public record Surroundings(
    String program,
    Map<String, String> environment,
    String user,
    Path home,
    Path workingDirectory,
    HostNames hostNames) {

  /** Keeps a copy of the environment. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Surroundings ofThisProcess(String program) {
    return new Surroundings(
        program,
        System.getenv(),
        System.getProperty("user.name"),
        home(System.getenv("HOME")),
        Path.of("").toAbsolutePath(),
        new SystemHostNames(Path.of("/")));
  }

  private static Path home(String fromEnvironment) {
    return Path.of(
        fromEnvironment == null || fromEnvironment.isEmpty()
            ? System.getProperty("user.home")
            : fromEnvironment);
  }

  /** The same with other host names. */
  Surroundings with(HostNames other) {
    return new Surroundings(program, environment, user, home, workingDirectory, other);
  }

  /** The variable; null when unset or empty. */
  String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A path as written, with {@code ~} for the home directory. */
  String expandHome(String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      return home + path.substring(1);
    }
    return path;
  }
}

package salt.minion.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import salt.common.loader.Call;

/** The users and groups of this machine, those of its directory services included. */
public final class Accounts {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ProcessRunner processes;

  /** Accounts looked up in the system's files, then by {@code getent}. */
  public Accounts(ProcessRunner processes) {
    this.processes = processes;
  }

  /**
   * A user.
   *
   * @param gid the primary group
   * @param home the home directory
   * @param shell the login shell
   */
  public record User(String name, long uid, long gid, String home, String shell) {}

  /** A group; {@code members} are those listed, without users whose primary group it is. */
  public record Group(String name, long gid, List<String> members) {}

  /** The user of this name. */
  public Optional<User> user(String name) {
    return entry("passwd", name, fields -> fields[0].equals(name)).flatMap(Accounts::readUser);
  }

  /** The group of this name. */
  public Optional<Group> group(String name) {
    return entry("group", name, fields -> fields[0].equals(name)).flatMap(Accounts::readGroup);
  }

  /** The group with this id. */
  public Optional<Group> group(long gid) {
    String id = String.valueOf(gid);
    return entry("group", id, fields -> fields.length > 2 && fields[2].equals(id))
        .flatMap(Accounts::readGroup);
  }

  /** The name of the user that this process runs as. */
  public String current() {
    return ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name"));
  }

  /** The ids of all groups that a user is in, the primary one included. */
  public List<Long> groupIds(User user) {
    return output("id", "-G", "--", user.name())
        .map(text -> Stream.of(text.strip().split("\\s+")).map(Long::valueOf).toList())
        .orElseGet(() -> List.of(user.gid()));
  }

  /** The home directory as Python's {@code expanduser} finds it; {@code name} null is our own. */
  public String home(String name) {
    String ours = System.getenv("HOME");
    if (name == null && ours != null) {
      return ours;
    }
    String user = name == null ? current() : name;
    return user(user).map(User::home).orElse("~" + user);
  }

  private Optional<String[]> entry(String table, String key, Predicate<String[]> wanted) {
    try (Stream<String> lines = Files.lines(Path.of("/etc", table), StandardCharsets.ISO_8859_1)) {
      Optional<String[]> found = lines.map(Accounts::fields).filter(wanted).findFirst();
      if (found.isPresent()) {
        return found;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't read /etc/" + table, e);
    }
    return output("getent", table, key).map(Accounts::fields).filter(wanted);
  }

  private static String[] fields(String line) {
    return line.strip().split(":", -1);
  }

  private Optional<String> output(String... arguments) {
    if (Executables.which(arguments[0]).isEmpty()) {
      return Optional.empty();
    }
    try {
      Finished finished =
          processes.run(Command.of(arguments).within(PATIENCE), new Call("", Map.of()));
      return finished.exitCode() == 0 && !finished.timedOut()
          ? finished.stdout().text()
          : Optional.empty();
    } catch (LaunchFailure e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  private static Optional<User> readUser(String[] fields) {
    if (fields.length < 7) {
      return Optional.empty();
    }
    return Optional.of(
        new User(
            fields[0], Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[5], fields[6]));
  }

  private static Optional<Group> readGroup(String[] fields) {
    if (fields.length < 4) {
      return Optional.empty();
    }
    List<String> members =
        Arrays.stream(fields[3].split(",")).map(String::strip).filter(m -> !m.isEmpty()).toList();
    return Optional.of(new Group(fields[0], Long.parseLong(fields[2]), members));
  }
}

package salt.minion.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;

/** The environment that a user has after logging in. */
final class LoginEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(LoginEnvironment.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ProcessRunner processes;

  LoginEnvironment(ProcessRunner processes) {
    this.processes = processes;
  }

  /**
   * Logs in by {@code su}, or by {@code sudo} when a group is asked for, and reads the environment.
   * When that fails the reason is logged and the environment is empty, as in Salt.
   *
   * @param user null for the current one, which only {@code sudo} can do
   * @param group null for the user's own
   */
  Map<String, String> read(String user, String group, String shell, Call call) {
    String marker = "<<<" + UUID.randomUUID() + ">>>";
    String script = "printf %s '" + marker + "'; env -0; printf %s '" + marker + "'";
    List<String> arguments = group == null ? su(user, shell) : sudo(user, group);
    arguments.add(script);
    Finished finished;
    try {
      Command command = Command.of(arguments.toArray(String[]::new)).within(PATIENCE);
      finished = processes.run(command, call);
    } catch (LaunchFailure e) {
      LOG.error("the environment of user '{}' could not be read: {}", user, e.getMessage());
      return Map.of();
    }
    return parse(finished, marker, user);
  }

  private static List<String> su(String user, String shell) {
    return new ArrayList<>(List.of("su", "-s", shell, "-", user, "-c"));
  }

  private static List<String> sudo(String user, String group) {
    List<String> arguments = new ArrayList<>(List.of("sudo", "-n"));
    if (user != null) {
      arguments.addAll(List.of("-u", user));
    }
    arguments.addAll(List.of("-g", group, "-i", "--", "/bin/sh", "-c"));
    return arguments;
  }

  private static Map<String, String> parse(Finished finished, String marker, String user) {
    String text = TextDecoding.utf8(finished.stdout());
    String[] parts = text.split(marker, -1);
    if (finished.timedOut() || parts.length == 1) {
      LOG.error(
          "the environment of user '{}' could not be read: stderr={} stdout={}",
          user,
          PythonText.repr(TextDecoding.utf8(finished.stderr())),
          PythonText.repr(text));
      return Map.of();
    } else if (parts.length != 3) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "Environment could not be retrieved for user '" + user + "'");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry : parts[1].split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment;
  }
}

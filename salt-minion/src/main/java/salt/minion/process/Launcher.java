package salt.minion.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import salt.minion.process.Command.Account;

/**
 * Puts in front of a program what Java can't do between fork and exec: a session of its own, so
 * that it can be killed with all its children, another user, another file mask. Each of these
 * programs replaces itself with the next, so the process id stays the same.
 */
final class Launcher {
  /** What a shell sets in its own environment and hands on. */
  private static final List<String> SHELL_VARIABLES = List.of("PWD", "OLDPWD", "SHLVL", "_");

  private Launcher() {}

  static List<String> arguments(Command command) throws LaunchFailure {
    List<String> all = new ArrayList<>();
    Executables.which("setsid").ifPresent(setsid -> all.addAll(List.of(setsid, "--")));
    if (command.identity().account() != null) {
      all.addAll(switchUser(command.identity().account()));
    }
    if (command.identity().umask() != null) {
      all.addAll(setMask(command.identity().umask(), command.environment()));
    }
    all.addAll(command.arguments());
    return all;
  }

  private static List<String> switchUser(Account account) throws LaunchFailure {
    Optional<String> setpriv = Executables.which("setpriv");
    if (setpriv.isEmpty()) {
      throw LaunchFailure.because(
          "running as another user needs the program setpriv (of util-linux), which was not found");
    }
    String groups =
        account.groups().isEmpty()
            ? "--clear-groups"
            : "--groups="
                + account.groups().stream().map(String::valueOf).collect(Collectors.joining(","));
    return List.of(
        setpriv.get(), "--reuid=" + account.uid(), "--regid=" + account.gid(), groups, "--");
  }

  private static List<String> setMask(int mask, Map<String, String> environment) {
    String script =
        Stream.concat(
                Stream.of("umask " + Integer.toOctalString(mask)),
                SHELL_VARIABLES.stream()
                    .filter(name -> !environment.containsKey(name))
                    .map(name -> "unset " + name))
            .collect(Collectors.joining("; ", "", "; exec \"$@\""));
    return List.of("/bin/sh", "-c", script, "sh");
  }
}

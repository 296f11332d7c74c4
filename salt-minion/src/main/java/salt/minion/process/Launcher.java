package salt.minion.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import salt.minion.process.Command.Account;

/**
 * Puts in front of a program what Java can't do between fork and exec: a session of its own, so
 * that it can be killed with all its children, output that outlives us, another user, another file
 * mask. Each of these programs replaces itself with the next, so the process id stays the same.
 *
 * <p>The program holds the pipes it writes to open for reading as well. Should the minion die, the
 * program is not killed by its next line of output but goes on; the next minion reads what it
 * writes.
 */
final class Launcher {
  private static final String HOLD_PIPES =
      "[ -p /dev/fd/1 ] && exec 1<>/dev/fd/1; [ -p /dev/fd/2 ] && exec 2<>/dev/fd/2; ";

  /** What a shell sets in its own environment and hands on. */
  private static final List<String> SHELL_VARIABLES = List.of("OLDPWD", "PWD", "SHLVL", "_");

  /** Names that every shell hands on; variables by other names get lost in some. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Launcher() {}

  static List<String> arguments(Command command) throws LaunchFailure {
    List<String> all = new ArrayList<>();
    Executables.which("setsid").ifPresent(setsid -> all.addAll(List.of(setsid, "--")));
    Integer umask = command.identity().umask();
    Map<String, String> environment = command.environment();
    if (umask != null || environment.keySet().stream().allMatch(n -> NAME.matcher(n).matches())) {
      all.addAll(prepare(umask, environment));
    }
    if (command.identity().account() != null) {
      all.addAll(switchUser(command.identity().account()));
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

  private static List<String> prepare(Integer umask, Map<String, String> environment) {
    StringBuilder script = new StringBuilder(HOLD_PIPES);
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", "", "sh"));
    if (umask != null) {
      script.append("umask ").append(Integer.toOctalString(umask)).append("; ");
    }
    for (String name : SHELL_VARIABLES) {
      if (!environment.containsKey(name)) {
        script.append("unset ").append(name).append("; ");
      } else if (name.endsWith("PWD")) {
        script.append(name).append("=$1; shift; ");
        words.add(environment.get(name));
      }
    }
    words.set(2, script.append("exec \"$@\"").toString());
    return words;
  }
}

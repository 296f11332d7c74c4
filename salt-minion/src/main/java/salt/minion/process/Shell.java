package salt.minion.process;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;
import salt.minion.process.Command.Account;
import salt.minion.process.Command.Identity;

/** Runs command lines by the rules of Salt's {@code cmd} module. Thread-safe. */
public final class Shell {
  /** A line that a shell hands to one program, which then takes the shell's place. */
  private static final Pattern ONE_PROGRAM =
      Pattern.compile("\\s*(?!(if|for|while|until|case|function|select|time)\\b)[^;&|()`\\n{!]*");

  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;

  private final ProcessRunner processes;
  private final Accounts accounts;
  private final CommandEnvironment environments;

  /** A shell that starts its commands by {@code processes}. */
  public Shell(ProcessRunner processes) {
    this.processes = processes;
    this.accounts = new Accounts(processes);
    this.environments = new CommandEnvironment(accounts, new LoginEnvironment(processes));
  }

  /** The shell of the user who started this program, as in Salt; {@code /bin/sh} for daemons. */
  public static String defaultShell() {
    String shell = System.getenv("SHELL");
    return shell == null ? "/bin/sh" : shell;
  }

  /**
   * Runs a command, logs it, and sets the exit code of {@code call}.
   *
   * @throws CallException when an option can't be met or the program can't be started
   */
  public ShellResult run(ShellCommand command, Call call) {
    CommandLog log = new CommandLog(command);
    Path directory = directory(command);
    checkShell(command);
    log.starting(directory.toString());
    Identity identity = identity(command);
    Charset encoding = TextDecoding.encoding(command.encoding);
    SuccessRule success = SuccessRule.of(command);
    Map<String, String> environment = environments.of(command, call);
    if (!directory.isAbsolute() || !Files.isDirectory(directory)) {
      throw failure("Specified cwd '" + directory + "' either not absolute or does not exist");
    }
    List<String> arguments = arguments(command);
    Command program =
        new Command(
            arguments,
            directory,
            environment,
            stdin(command),
            command.mergeErrors,
            timeout(command.timeout),
            identity);
    try {
      if (command.background) {
        call.retcode(0);
        return new ShellResult(processes.runInBackground(program), null, "", "", false);
      }
      Finished finished = processes.run(program, call);
      if (finished.timedOut()) {
        return timedOut(command, arguments, finished);
      }
      ShellResult result = success.judge(result(command, finished, encoding));
      call.retcode(command.ignoreRetcode ? 0 : result.retcode().intValue());
      log.ended(result);
      return result;
    } catch (LaunchFailure e) {
      throw new CallException(
          CallException.Kind.EXECUTION, refusal(command, arguments, directory, e), e);
    }
  }

  private Path directory(ShellCommand command) {
    if (command.cwd != null && !command.cwd.isEmpty()) {
      return Path.of(command.cwd);
    }
    Path home = Path.of(accounts.home(command.runas));
    return Files.isDirectory(home) && Files.isReadable(home) ? home : Path.of("/");
  }

  private static void checkShell(ShellCommand command) {
    if (!command.shell.isEmpty() && !Executables.isProgram(Path.of(command.shell))) {
      throw failure("The shell " + command.shell + " is not available");
    }
  }

  private Identity identity(ShellCommand command) {
    if (command.runas != null && accounts.user(command.runas).isEmpty()) {
      throw failure("User '" + command.runas + "' is not available");
    }
    if (command.group != null) {
      if (Executables.which("sudo").isEmpty()) {
        throw failure("group argument requires sudo but not found");
      }
      if (accounts.group(command.group).isEmpty()) {
        throw failure("Group '" + command.group + "' is not available");
      }
    }
    return new Identity(account(command.runas, command.group), umask(command.umask));
  }

  private Account account(String runas, String group) {
    String current = accounts.current();
    if ((runas == null || runas.equals(current)) && group == null) {
      return null;
    }
    String name = runas == null ? current : runas;
    Accounts.User user =
        accounts.user(name).orElseThrow(() -> failure("User '" + name + "' is not available"));
    if (accounts.user(current).map(own -> own.uid() != 0).orElse(true)) {
      throw failure("Only root can run a command as user '" + name + "', not " + current);
    }
    long gid = group == null ? user.gid() : accounts.group(group).orElseThrow().gid();
    return new Account(user.uid(), gid, accounts.groupIds(user));
  }

  private static Integer umask(Object umask) {
    if (umask == null) {
      return null;
    }
    String digits = PythonText.str(umask).replaceFirst("^0+", "");
    if (digits.isEmpty()) {
      throw failure("Zero umask is not allowed.");
    }
    try {
      return Integer.parseInt(digits, 8);
    } catch (NumberFormatException e) {
      throw failure("Invalid umask: '" + PythonText.str(umask) + "'");
    }
  }

  private static List<String> arguments(ShellCommand command) {
    List<String> words = new ArrayList<>();
    if (command.line instanceof List<?> list) {
      list.forEach(word -> words.add(PythonText.str(word)));
    } else if (command.pythonShell || command.shell.isEmpty()) {
      words.add(PythonText.str(command.line));
    } else {
      try {
        words.addAll(ShellWords.split(PythonText.str(command.line)));
      } catch (IllegalArgumentException e) {
        throw new PythonError("ValueError", e.getMessage());
      }
    }
    if (command.pythonShell) {
      words.addAll(0, List.of(command.shell, "-c"));
    }
    return words;
  }

  private static Bytes stdin(ShellCommand command) {
    if (command.stdin == null) {
      return null;
    }
    String text = PythonText.str(command.stdin);
    return Bytes.utf8(command.rawNewlines ? text : text.replace("\\n", "\n"));
  }

  private static Duration timeout(Object timeout) {
    if (!PythonText.truth(timeout)) {
      return null;
    } else if (timeout instanceof Number seconds) {
      return Duration.ofMillis(Math.max(0, Math.round(seconds.doubleValue() * 1000)));
    }
    throw new PythonError(
        "TimedProcTimeoutError", "Error: timeout " + PythonText.str(timeout) + " must be a number");
  }

  private static ShellResult result(ShellCommand command, Finished finished, Charset encoding) {
    String stdout = TextDecoding.text(finished.stdout(), encoding);
    String stderr = TextDecoding.text(finished.stderr(), encoding);
    if (command.encodedCommand && stderr.contains("CLIXML")) {
      stderr = "";
    }
    return new ShellResult(
        finished.pid(),
        retcode(command, finished.exitCode()),
        command.trimEnd ? TextDecoding.trimEnd(stdout) : stdout,
        command.trimEnd ? TextDecoding.trimEnd(stderr) : stderr,
        false);
  }

  /**
   * Java gives 128 + n both for a program that signal n ended and for one that returned that
   * number; Salt gives -n for the first. A shell returns it for its children, a program that was
   * started without one, or took its place, most likely was ended by the signal.
   */
  private static long retcode(ShellCommand command, int exitCode) {
    boolean signal = exitCode > SIGNAL_BASE && exitCode <= SIGNAL_BASE + LAST_SIGNAL;
    boolean direct =
        !command.pythonShell
            || (command.line instanceof String line && ONE_PROGRAM.matcher(line).matches());
    return signal && direct ? SIGNAL_BASE - exitCode : exitCode;
  }

  private static ShellResult timedOut(
      ShellCommand command, List<String> arguments, Finished finished) {
    String message =
        PythonText.str(shown(command, arguments))
            + " : Timed out after "
            + PythonText.str(command.timeout)
            + " seconds";
    return new ShellResult(finished.pid(), 1L, message, "", true);
  }

  private static Object shown(ShellCommand command, List<String> arguments) {
    return command.pythonShell ? command.line : arguments;
  }

  private static String refusal(
      ShellCommand command, List<String> arguments, Path directory, LaunchFailure failure) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("cwd", directory.toString());
    context.put("shell", command.pythonShell);
    context.put("stdout", -1L);
    context.put("stderr", command.mergeErrors ? -2L : -1L);
    context.put("with_communicate", true);
    context.put("timeout", command.timeout);
    context.put("bg", command.background);
    if (command.pythonShell) {
      context.put("executable", command.shell);
    }
    context.put("close_fds", true);
    return "Unable to run command '"
        + (CommandLog.isQuiet(command) ? "REDACTED" : PythonText.str(shown(command, arguments)))
        + "' with the context '"
        + PythonText.repr(context)
        + "', reason: "
        + failure.getMessage();
  }

  private static CallException failure(String message) {
    return new CallException(CallException.Kind.EXECUTION, message);
  }
}

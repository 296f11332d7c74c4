package salt.minion.module;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.minion.process.Executables;
import salt.minion.process.ProcessRunner;
import salt.minion.process.Shell;
import salt.minion.process.ShellCommand;
import salt.minion.process.ShellResult;

/** Runs commands and scripts on the minion. Whoever may call these functions may do anything. */
@ExecutionModule("cmd")
public final class CmdModule {
  private static final Path SHELLS = Path.of("/etc/shells");

  private final CommandGuard guard;
  private final ProcessRunner processes;
  private final Shell shell;

  /** The module of one minion. */
  public CmdModule(MinionContext context) {
    this.guard = new CommandGuard(context);
    this.processes = new ProcessRunner(CommandGuard.mostOutput(context.options()));
    this.shell = new Shell(processes);
  }

  /**
   * Runs a command and returns what it prints, errors among it. With a job behind the call a shell
   * reads the line; {@code python_shell=False} hands the words to the program as they are. {@code
   * raise_err} makes a failing command an error, {@code bg} leaves it to itself, {@code
   * hide_output} returns nothing of what it printed.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run "ls -l | head -3"
   * salt '*' cmd.run "id" runas=nobody cwd=/
   * </pre>
   */
  @Exposed
  public String run(Object cmd, @Argument.Group CommandOptions options, Call call) {
    ShellResult result = execute("cmd.run", cmd, options, call);
    String shown = options.hideOutput() ? "" : result.stdout();
    boolean failed = result.retcode() != null && result.retcode() != 0;
    if (failed && options.raiseErr() && !options.ignoreRetcode()) {
      throw new CallException(CallException.Kind.EXECUTION, shown);
    }
    return shown;
  }

  /**
   * Runs a command line by a shell, whoever calls, and returns what it prints, errors among it.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.shell "for i in 1 2; do echo $i; done"
   * </pre>
   */
  @Exposed
  public String shell(
      Object cmd,
      @Argument.Group(without = {"python_shell", "redirect_stderr", "encoded_cmd", "raise_err"})
          CommandOptions options,
      Call call) {
    guard.check("cmd.shell", cmd, options.template(), options.useVt(), call);
    Object byShell = options.kwargs().get("python_shell");
    ShellResult result =
        shell.run(options.command(cmd, byShell == null || PythonText.truth(byShell)), call);
    return options.hideOutput() ? "" : result.stdout();
  }

  /**
   * Runs a command and returns its standard output alone.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run_stdout "ls -l"
   * </pre>
   */
  @Exposed
  public String runStdout(
      Object cmd,
      @Argument.Group(
              without = {"redirect_stderr", "bg", "encoded_cmd", "raise_err"},
              defaults = "redirect_stderr: false")
          CommandOptions options,
      Call call) {
    ShellResult result = execute("cmd.run_stdout", cmd, options, call);
    return options.hideOutput() ? "" : result.stdout();
  }

  /**
   * Runs a command and returns its standard error alone.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run_stderr "ls /none"
   * </pre>
   */
  @Exposed
  public String runStderr(
      Object cmd,
      @Argument.Group(
              without = {"redirect_stderr", "bg", "encoded_cmd", "raise_err"},
              defaults = "redirect_stderr: false")
          CommandOptions options,
      Call call) {
    ShellResult result = execute("cmd.run_stderr", cmd, options, call);
    return options.hideOutput() ? "" : result.stderr();
  }

  /**
   * Runs a command and returns its {@code pid}, {@code retcode}, {@code stdout} and {@code stderr}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run_all "ls -l"
   * </pre>
   */
  @Exposed
  public Map<String, Object> runAll(
      Object cmd,
      @Argument.Group(
              without = {"bg", "raise_err"},
              defaults = "redirect_stderr: false")
          CommandOptions options,
      Call call) {
    return shown(execute("cmd.run_all", cmd, options, call), options);
  }

  /**
   * Runs a command and returns its exit code.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.retcode "test -e /etc/hosts"
   * </pre>
   */
  @Exposed
  public Long retcode(
      Object cmd,
      @Argument.Group(
              without = {
                "rstrip",
                "hide_output",
                "redirect_stderr",
                "bg",
                "encoded_cmd",
                "raise_err",
                "prepend_path"
              })
          CommandOptions options,
      Call call) {
    return execute("cmd.retcode", cmd, options, call).retcode();
  }

  /**
   * Starts a command, leaves it to itself and returns its {@code pid}. A time-out has no effect.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run_bg "sleep 60"
   * </pre>
   */
  @Exposed
  public Map<String, Object> runBg(
      Object cmd,
      @Argument.Group(
              only = {
                "cwd",
                "runas",
                "group",
                "shell",
                "python_shell",
                "env",
                "clean_env",
                "template",
                "umask",
                "timeout",
                "output_encoding",
                "output_loglevel",
                "log_callback",
                "reset_system_locale",
                "ignore_retcode",
                "saltenv",
                "password",
                "prepend_path",
                "success_retcodes",
                "success_stdout",
                "success_stderr",
                "kwargs"
              },
              defaults = {"bg: true", "redirect_stderr: false", "rstrip: false"})
          CommandOptions options,
      Call call) {
    return Map.of("pid", execute("cmd.run_bg", cmd, options, call).pid());
  }

  /**
   * Runs a command below another root directory, with {@code dev}, {@code proc}, {@code sys} and
   * the directories of {@code binds} mounted there meanwhile; returns what {@code cmd.run_all}
   * does. What still runs below the root afterwards is ended.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run_chroot /srv/images/el9 'rpm -qa'
   * </pre>
   */
  @Exposed
  public Map<String, Object> runChroot(
      String root,
      Object cmd,
      @Argument.Group(
              only = {"cwd", "stdin", "runas", "group", "shell", "python_shell"},
              defaults = "python_shell: true")
          CommandOptions place,
      @Argument.Default("null") List<Object> binds,
      @Argument.Group(
              without = {
                "cwd",
                "stdin",
                "runas",
                "group",
                "shell",
                "python_shell",
                "redirect_stderr",
                "password",
                "encoded_cmd",
                "raise_err",
                "prepend_path"
              },
              defaults = {"redirect_stderr: false", "output_loglevel: quiet"})
          CommandOptions options,
      Call call) {
    guard.check("cmd.run_chroot", cmd, options.template(), options.useVt(), call);
    List<String> mounts = binds == null ? List.of() : binds.stream().map(PythonText::str).toList();
    try (Chroot chroot = new Chroot(Path.of(root), mounts, processes, call)) {
      Object line = chroot.enter(cmd, place.runas(), place.group());
      boolean byShell = place.pythonShell() != null && place.pythonShell();
      ShellCommand command =
          options
              .command(line, byShell)
              .in(place.cwd(), place.shell(), byShell)
              .reading(place.stdin());
      return shown(shell.run(command, call), options);
    }
  }

  /**
   * Returns where a program lies; nothing when it is not found.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.which systemctl
   * </pre>
   */
  @Exposed
  public String which(String cmd) {
    return Executables.which(cmd).orElse(null);
  }

  /**
   * Returns where the first of some programs that is there lies.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.which_bin '[dnf, yum]'
   * </pre>
   */
  @Exposed
  public String whichBin(List<Object> cmds) {
    return cmds.stream()
        .map(cmd -> Executables.which(PythonText.str(cmd)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  /**
   * Says whether a program is there.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.has_exec firewall-cmd
   * </pre>
   */
  @Exposed
  public boolean hasExec(String cmd) {
    return Executables.which(cmd).isPresent();
  }

  /**
   * Returns the shells that {@code /etc/shells} lists.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.shells
   * </pre>
   */
  @Exposed
  public List<String> shells() throws IOException {
    if (!Files.exists(SHELLS)) {
      return List.of();
    }
    return Files.readAllLines(SHELLS).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /**
   * Asks a shell or script language for its version: {@code installed}, {@code path}, {@code
   * version} of two or three parts and {@code version_raw}, or an {@code error}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.shell_info zsh list_modules=True
   * </pre>
   */
  @Exposed
  public Map<String, Object> shellInfo(
      String shell, @Argument.Default("false") boolean listModules, Call call) {
    return new ShellVersions(processes).ask(shell, call);
  }

  /**
   * Writes a text to a terminal.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.tty tty1 'going down in five minutes'
   * salt '*' cmd.tty pts0 'going down in five minutes'
   * </pre>
   */
  @Exposed
  public Map<String, Object> tty(String device, @Argument.Default("''") String echo) {
    if (!device.matches("(tty|pts)[A-Za-z0-9/]*")) {
      return Map.of("Error", "The specified device is not a valid TTY");
    }
    Path terminal = Path.of("/dev", device.replaceFirst("^pts/?", "pts/"));
    try {
      Files.writeString(terminal, echo, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
      return Map.of("Success", "Message was successfully echoed to " + terminal);
    } catch (IOException e) {
      return Map.of("Error", "Echoing to " + terminal + " returned error");
    }
  }

  private ShellResult execute(String function, Object cmd, CommandOptions options, Call call) {
    guard.check(function, cmd, options.template(), options.useVt(), call);
    boolean byShell = guard.usesShell(options.pythonShell(), function, call);
    return shell.run(options.command(cmd, byShell), call);
  }

  private static Map<String, Object> shown(ShellResult result, CommandOptions options) {
    return options.hideOutput() ? result.hidden() : result.toMap();
  }
}

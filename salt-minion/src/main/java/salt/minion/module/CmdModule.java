package salt.minion.module;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.minion.process.Accounts;
import salt.minion.process.Executables;
import salt.minion.process.ShellCommand;

/** Runs commands and scripts on the minion. Whoever may call these functions may do anything. */
@ExecutionModule("cmd")
public final class CmdModule extends CommandFunctions {
  private static final Path SHELLS = Path.of("/etc/shells");

  private final CommandScripts scripts;

  /** The module of one minion. */
  public CmdModule(MinionContext context) {
    super(context);
    this.scripts = new CommandScripts(context, new Accounts(processes));
  }

  /**
   * Fetches a script, runs it and returns its {@code pid}, {@code retcode}, {@code stdout} and
   * {@code stderr}. {@code args} are its arguments, as a line or a list; {@code bg} leaves it to
   * itself. When the script is not found, {@code cache_error} is true.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.script salt://scripts/run.sh 'arg1 "arg 2"'
   * </pre>
   */
  @Exposed
  public Map<String, Object> script(
      String source,
      @Argument.Default("null") Object args,
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("null") String template,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("false") boolean bg,
      @Argument.Default("null") String password,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    Path file = scripts.fetch(source, saltenv, template, cwd, runas, call);
    if (file == null) {
      return CommandScripts.notFound();
    }
    List<String> line = CommandScripts.arguments(file, args, bg);
    boolean alone = !PythonText.truth(args);
    try {
      guard.check("cmd.script", line, null, useVt, call);
      ShellCommand command =
          ShellCommand.of(line)
              .in(cwd, shell, alone && !bg && guard.usesShell(pythonShell, "cmd.script", call))
              .as(runas, group, umask)
              .with(env, false, null, resetSystemLocale)
              .reading(stdin)
              .writing(false, true, outputEncoding, outputLoglevel)
              .within(timeout, bg)
              .judged(false, successRetcodes, successStdout, successStderr)
              .options(kwargs);
      return shown(this.shell.run(command, call), hideOutput);
    } finally {
      if (!bg) {
        CommandScripts.remove(file);
      }
    }
  }

  /**
   * Runs a script as {@code cmd.script} does and returns its exit code.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.script_retcode salt://scripts/run.sh
   * </pre>
   */
  @Exposed
  public Object scriptRetcode(
      String source,
      @Argument.Default("null") Object args,
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("jinja") String template,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("null") String saltenv,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("null") String password,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    return script(
            source,
            args,
            cwd,
            stdin,
            runas,
            group,
            shell,
            pythonShell,
            env,
            template,
            umask,
            outputEncoding,
            outputLoglevel,
            logCallback,
            false,
            timeout,
            resetSystemLocale,
            saltenv,
            useVt,
            false,
            password,
            successRetcodes,
            successStdout,
            successStderr,
            kwargs,
            call)
        .get("retcode");
  }

  /**
   * Runs code by the interpreter of its language and returns what it prints.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.exec_code ruby 'puts "cheese"'
   * </pre>
   */
  @Exposed
  public Object execCode(
      String lang,
      String code,
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object args,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    return execCodeAll(lang, code, cwd, args, kwargs, call).get("stdout");
  }

  /**
   * Runs code by the interpreter of its language; returns what {@code cmd.run_all} does and takes
   * the same keywords.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.exec_code_all ruby 'puts "cheese"' args='["a", "b"]' env='{"FOO": "bar"}'
   * </pre>
   */
  @Exposed
  public Map<?, ?> execCodeAll(
      String lang,
      String code,
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object args,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    Object runas = kwargs.get("runas");
    Path file = scripts.write(code, runas == null ? null : PythonText.str(runas));
    try {
      List<Object> line = new ArrayList<>(List.of(lang, file.toString()));
      if (args instanceof List<?> list) {
        line.addAll(list);
      } else if (args != null) {
        line.add(args);
      }
      guard.check("cmd.exec_code_all", line, null, false, call);
      Map<String, Object> options = new LinkedHashMap<>(kwargs);
      options.put("cwd", cwd);
      options.put("python_shell", false);
      return (Map<?, ?>) context.functions().call("cmd.run_all", List.of(line), options, call);
    } finally {
      CommandScripts.remove(file);
    }
  }

  /**
   * Runs a command below another root directory, with {@code dev}, {@code proc}, {@code sys} and
   * the directories of {@code binds} mounted there meanwhile; returns what {@code cmd.run_all}
   * does. What still runs below the root afterwards is ended.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.run_chroot /var/lib/lxc/name/rootfs 'sh /tmp/bootstrap.sh'
   * </pre>
   */
  @Exposed
  public Map<String, Object> runChroot(
      String root,
      Object cmd,
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("true") Boolean pythonShell,
      @Argument.Default("null") List<Object> binds,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("true") boolean rstrip,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("quiet") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("false") boolean bg,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.run_chroot", cmd, template, useVt, call);
    List<String> mounts = binds == null ? List.of() : binds.stream().map(PythonText::str).toList();
    try (Chroot chroot = new Chroot(Path.of(root), mounts, processes, call)) {
      ShellCommand command =
          ShellCommand.of(chroot.enter(cmd, runas, group))
              .in(cwd, shell, pythonShell != null && pythonShell)
              .as(null, null, umask)
              .with(env, cleanEnv, null, resetSystemLocale)
              .reading(stdin)
              .writing(false, rstrip, outputEncoding, outputLoglevel)
              .within(timeout, bg)
              .judged(ignoreRetcode, successRetcodes, successStdout, successStderr);
      return shown(this.shell.run(command, call), hideOutput);
    }
  }

  /**
   * Returns where a program lies; nothing when it is not found.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.which cat
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
   * salt '*' cmd.which_bin '[pip2, pip, pip-python]'
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
   * salt '*' cmd.has_exec cat
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
   * salt '*' cmd.shell_info bash
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
   * salt '*' cmd.tty tty0 'This is a test'
   * salt '*' cmd.tty pts3 'This is a test'
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
}

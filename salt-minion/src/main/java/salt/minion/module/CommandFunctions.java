package salt.minion.module;

import java.util.Map;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.minion.process.ProcessRunner;
import salt.minion.process.Shell;
import salt.minion.process.ShellCommand;
import salt.minion.process.ShellResult;

/**
 * The functions of {@code cmd} that run one command line; {@link CmdModule} adds the rest. They
 * differ in what they return.
 *
 * <p>Options that all of them take: {@code cwd} the directory, {@code stdin} the input, {@code
 * runas} and {@code group} who it runs as, {@code shell} and {@code python_shell} how the line is
 * read, {@code env}, {@code clean_env} and {@code prepend_path} the environment, {@code umask} the
 * octal file mask, {@code timeout} in seconds, {@code output_loglevel}, {@code ignore_retcode} and
 * {@code success_*} what counts as success.
 */
abstract class CommandFunctions {
  final MinionContext context;
  final CommandGuard guard;
  final ProcessRunner processes;
  final Shell shell;

  CommandFunctions(MinionContext context) {
    this.context = context;
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
  public String run(
      Object cmd,
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("true") boolean rstrip,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("true") boolean redirectStderr,
      @Argument.Default("false") boolean bg,
      @Argument.Default("null") String password,
      @Argument.Default("false") boolean encodedCmd,
      @Argument.Default("false") boolean raiseErr,
      @Argument.Default("null") String prependPath,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.run", cmd, template, useVt, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, guard.usesShell(pythonShell, "cmd.run", call))
            .as(runas, group, umask)
            .with(env, cleanEnv, prependPath, resetSystemLocale)
            .reading(stdin)
            .writing(redirectStderr, rstrip, outputEncoding, outputLoglevel)
            .within(timeout, bg)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    ShellResult result = this.shell.run(command, call);
    if (raiseErr && !ignoreRetcode && result.retcode() != null && result.retcode() != 0) {
      throw new CallException(CallException.Kind.EXECUTION, hideOutput ? "" : result.stdout());
    }
    return hideOutput ? "" : result.stdout();
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
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("true") boolean rstrip,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("false") boolean bg,
      @Argument.Default("null") String password,
      @Argument.Default("null") String prependPath,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    Object pythonShell = kwargs.get("python_shell");
    guard.check("cmd.shell", cmd, template, useVt, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, pythonShell == null || PythonText.truth(pythonShell))
            .as(runas, group, umask)
            .with(env, cleanEnv, prependPath, resetSystemLocale)
            .reading(stdin)
            .writing(true, rstrip, outputEncoding, outputLoglevel)
            .within(timeout, bg)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    ShellResult result = this.shell.run(command, call);
    return hideOutput ? "" : result.stdout();
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
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("true") boolean rstrip,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("null") String password,
      @Argument.Default("null") String prependPath,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.run_stdout", cmd, template, useVt, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, guard.usesShell(pythonShell, "cmd.run_stdout", call))
            .as(runas, group, umask)
            .with(env, cleanEnv, prependPath, resetSystemLocale)
            .reading(stdin)
            .writing(false, rstrip, outputEncoding, outputLoglevel)
            .within(timeout, false)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    ShellResult result = this.shell.run(command, call);
    return hideOutput ? "" : result.stdout();
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
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("true") boolean rstrip,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("null") String password,
      @Argument.Default("null") String prependPath,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.run_stderr", cmd, template, useVt, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, guard.usesShell(pythonShell, "cmd.run_stderr", call))
            .as(runas, group, umask)
            .with(env, cleanEnv, prependPath, resetSystemLocale)
            .reading(stdin)
            .writing(false, rstrip, outputEncoding, outputLoglevel)
            .within(timeout, false)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    ShellResult result = this.shell.run(command, call);
    return hideOutput ? "" : result.stderr();
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
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("true") boolean rstrip,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("false") boolean hideOutput,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("false") boolean redirectStderr,
      @Argument.Default("null") String password,
      @Argument.Default("false") boolean encodedCmd,
      @Argument.Default("null") String prependPath,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.run_all", cmd, template, useVt, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, guard.usesShell(pythonShell, "cmd.run_all", call))
            .as(runas, group, umask)
            .with(env, cleanEnv, prependPath, resetSystemLocale)
            .reading(stdin)
            .writing(redirectStderr, rstrip, outputEncoding, outputLoglevel)
            .within(timeout, false)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    return shown(this.shell.run(command, call), hideOutput);
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
      @Argument.Default("null") String cwd,
      @Argument.Default("null") Object stdin,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("null") Object timeout,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean useVt,
      @Argument.Default("null") String password,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.retcode", cmd, template, useVt, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, guard.usesShell(pythonShell, "cmd.retcode", call))
            .as(runas, group, umask)
            .with(env, cleanEnv, null, resetSystemLocale)
            .reading(stdin)
            .writing(true, true, outputEncoding, outputLoglevel)
            .within(timeout, false)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    return this.shell.run(command, call).retcode();
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
      @Argument.Default("null") String cwd,
      @Argument.Default("null") String runas,
      @Argument.Default("null") String group,
      @Argument.Default("null") String shell,
      @Argument.Default("null") Boolean pythonShell,
      @Argument.Default("null") Object env,
      @Argument.Default("false") boolean cleanEnv,
      @Argument.Default("null") String template,
      @Argument.Default("null") Object umask,
      @Argument.Default("null") Object timeout,
      @Argument.Default("null") String outputEncoding,
      @Argument.Default("debug") String outputLoglevel,
      @Argument.Default("null") Object logCallback,
      @Argument.Default("true") boolean resetSystemLocale,
      @Argument.Default("false") boolean ignoreRetcode,
      @Argument.Default("null") String saltenv,
      @Argument.Default("null") String password,
      @Argument.Default("null") String prependPath,
      @Argument.Default("null") Object successRetcodes,
      @Argument.Default("null") Object successStdout,
      @Argument.Default("null") Object successStderr,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    guard.check("cmd.run_bg", cmd, template, false, call);
    ShellCommand command =
        ShellCommand.of(cmd)
            .in(cwd, shell, guard.usesShell(pythonShell, "cmd.run_bg", call))
            .as(runas, group, umask)
            .with(env, cleanEnv, prependPath, resetSystemLocale)
            .writing(false, false, outputEncoding, outputLoglevel)
            .within(timeout, true)
            .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
            .options(kwargs);
    return Map.of("pid", this.shell.run(command, call).pid());
  }

  static Map<String, Object> shown(ShellResult result, boolean hideOutput) {
    Map<String, Object> all = result.toMap();
    if (hideOutput) {
      all.put("stdout", "");
      all.put("stderr", "");
    }
    return all;
  }
}

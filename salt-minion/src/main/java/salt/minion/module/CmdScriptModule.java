package salt.minion.module;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.minion.process.Accounts;
import salt.minion.process.ProcessRunner;
import salt.minion.process.Shell;
import salt.minion.process.ShellResult;

/** Runs scripts, and pieces of code, from files that are there only meanwhile. */
@ExecutionModule("cmd")
public final class CmdScriptModule {
  private final MinionContext context;
  private final CommandGuard guard;
  private final Shell shell;
  private final CommandScripts scripts;

  /** The module of one minion. */
  public CmdScriptModule(MinionContext context) {
    ProcessRunner processes = new ProcessRunner(CommandGuard.mostOutput(context.options()));
    this.context = context;
    this.guard = new CommandGuard(context);
    this.shell = new Shell(processes);
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
      @Argument.Group(
              without = {
                "clean_env",
                "rstrip",
                "ignore_retcode",
                "redirect_stderr",
                "encoded_cmd",
                "raise_err",
                "prepend_path"
              },
              defaults = "redirect_stderr: false")
          CommandOptions options,
      Call call) {
    Path file = scripts.fetch(source, options, call);
    if (file == null) {
      return CommandScripts.notFound();
    }
    try {
      List<String> line = CommandScripts.arguments(file, args, options.bg());
      guard.check("cmd.script", line, null, options.useVt(), call);
      boolean alone = !PythonText.truth(args) && !options.bg();
      boolean byShell = alone && guard.usesShell(options.pythonShell(), "cmd.script", call);
      ShellResult result = shell.run(options.command(line, byShell), call);
      return options.hideOutput() ? result.hidden() : result.toMap();
    } finally {
      if (!options.bg()) {
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
      @Argument.Group(
              only = {
                "cwd",
                "stdin",
                "runas",
                "group",
                "shell",
                "python_shell",
                "env",
                "template",
                "umask",
                "timeout",
                "reset_system_locale",
                "saltenv",
                "output_encoding",
                "output_loglevel",
                "log_callback",
                "use_vt",
                "password",
                "success_retcodes",
                "success_stdout",
                "success_stderr",
                "kwargs"
              },
              defaults = {"template: jinja", "redirect_stderr: false"})
          CommandOptions options,
      Call call) {
    return script(source, args, options, call).get("retcode");
  }

  /**
   * Runs code by the interpreter of its language and returns what it prints.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cmd.exec_code python3 'print(6 * 7)'
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
   * salt '*' cmd.exec_code_all perl 'print "@ARGV"' args='["one", "two"]'
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
}

package salt.minion.process;

import java.util.Map;
import salt.common.payload.PythonText;

/**
 * A command line and the options of {@code cmd.run} for it, set group by group; each starts with
 * the default of Salt. Values are taken as operators write them.
 */
public final class ShellCommand {
  final Object line;
  String cwd;
  String shell = Shell.defaultShell();
  boolean pythonShell;
  String runas;
  String group;
  Object umask;
  Object env;
  boolean cleanEnv;
  String prependPath;
  boolean resetLocale = true;
  Object stdin;
  boolean rawNewlines;
  boolean mergeErrors;
  boolean trimEnd = true;
  String encoding;
  boolean encodedCommand;
  String logLevel = "debug";
  Object timeout;
  boolean background;
  boolean ignoreRetcode;
  Object successRetcodes;
  Object successStdout;
  Object successStderr;

  private ShellCommand(Object line) {
    this.line = line;
  }

  /** A command: a line as text, or a list of the program and its arguments. */
  public static ShellCommand of(Object line) {
    return new ShellCommand(line);
  }

  /**
   * Where and by which shell it runs.
   *
   * @param cwd an absolute directory; null for the user's home
   * @param shell the shell's path; null for the default
   * @param pythonShell whether a shell reads the line, or it is only split into words
   */
  public ShellCommand in(String cwd, String shell, boolean pythonShell) {
    this.cwd = cwd;
    this.shell = shell == null ? Shell.defaultShell() : shell;
    this.pythonShell = pythonShell;
    return this;
  }

  /** The user and group it runs as, null for our own, and its octal file mask. */
  public ShellCommand as(String runas, String group, Object umask) {
    this.runas = runas;
    this.group = group;
    this.umask = umask;
    return this;
  }

  /**
   * Its environment.
   *
   * @param env a map, or a list of maps with one key each
   * @param clean whether it gets nothing but {@code env}
   * @param prependPath what is put before {@code PATH}
   * @param resetLocale whether it speaks English, whatever the locale of the minion
   */
  public ShellCommand with(Object env, boolean clean, String prependPath, boolean resetLocale) {
    this.env = env;
    this.cleanEnv = clean;
    this.prependPath = prependPath;
    this.resetLocale = resetLocale;
    return this;
  }

  /** What it reads from standard input; null for nothing. {@code \n} in it starts a new line. */
  public ShellCommand reading(Object stdin) {
    this.stdin = stdin;
    return this;
  }

  /**
   * What becomes of its output.
   *
   * @param mergeErrors whether standard error goes into standard output
   * @param trimEnd whether blanks at the end are removed
   * @param encoding Python's name of the encoding; null for UTF-8
   * @param logLevel Salt's name of the level to log it at; {@code quiet} for none
   */
  public ShellCommand writing(
      boolean mergeErrors, boolean trimEnd, String encoding, String logLevel) {
    this.mergeErrors = mergeErrors;
    this.trimEnd = trimEnd;
    this.encoding = encoding;
    this.logLevel = logLevel;
    return this;
  }

  /** Seconds after which it is killed, null or 0 for never; whether it is left to itself. */
  public ShellCommand within(Object timeout, boolean background) {
    this.timeout = timeout;
    this.background = background;
    return this;
  }

  /**
   * What counts as success: exit codes and pieces of output, as lists or divided by commas.
   *
   * @param ignoreRetcode whether the job succeeds whatever the exit code
   */
  public ShellCommand judged(boolean ignoreRetcode, Object retcodes, Object stdout, Object stderr) {
    this.ignoreRetcode = ignoreRetcode;
    this.successRetcodes = retcodes;
    this.successStdout = stdout;
    this.successStderr = stderr;
    return this;
  }

  /** Options by their names in Salt, for functions that pass on what they don't declare. */
  public ShellCommand options(Map<String, Object> options) {
    options.forEach(this::option);
    return this;
  }

  private void option(String name, Object value) {
    boolean flag = PythonText.truth(value);
    switch (name) {
      case "bg" -> background = flag;
      case "clean_env" -> cleanEnv = flag;
      case "encoded_cmd" -> encodedCommand = flag;
      case "ignore_retcode" -> ignoreRetcode = flag;
      case "prepend_path" -> prependPath = value == null ? null : PythonText.str(value);
      case "rstrip" -> trimEnd = flag;
      case "stdin_raw_newlines" -> rawNewlines = flag;
      default -> {
        // Salt's functions take any further keyword and leave what they don't know.
      }
    }
  }
}

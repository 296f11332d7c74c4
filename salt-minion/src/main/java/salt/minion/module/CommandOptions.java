package salt.minion.module;

import java.util.Map;
import salt.common.loader.Argument;
import salt.minion.process.ShellCommand;

/**
 * The arguments that functions of {@code cmd} share.
 *
 * @param cwd the directory to run in; the user's home unless given
 * @param stdin what the command reads from standard input; {@code \n} in it starts a new line
 * @param runas the user to run as
 * @param group the group to run as
 * @param shell the shell's path; that of the minion's environment unless given
 * @param pythonShell whether a shell reads the line; otherwise its words go to the program as they
 *     are. Unless given, a shell reads what a job runs by itself
 * @param env variables, as a dictionary or a list of dictionaries
 * @param cleanEnv whether nothing but env is in the environment
 * @param template the engine that renders the command first
 * @param rstrip whether blanks and line ends behind the output are removed
 * @param umask the file mask in octal
 * @param outputEncoding the encoding of the output, by its name in Python
 * @param outputLoglevel the level at which command and output are logged; quiet for none
 * @param logCallback of use within Salt only
 * @param hideOutput whether nothing of what was printed is returned
 * @param timeout seconds after which the command is killed
 * @param resetSystemLocale whether the command speaks English, whatever the minion's locale
 * @param ignoreRetcode whether the job succeeds whatever the exit code
 * @param saltenv the environment of the file server
 * @param useVt whether the command has a terminal; not supported
 * @param redirectStderr whether errors stand among the output
 * @param bg whether the command is left to itself, and nothing of it is returned
 * @param password of use on Windows only
 * @param encodedCmd of use on Windows only
 * @param raiseErr whether a failing command is an error
 * @param prependPath directories to put before PATH
 * @param successRetcodes further exit codes that are a success
 * @param successStdout output that is a success, whatever the exit code
 * @param successStderr error output that is a success, whatever the exit code
 * @param kwargs further keywords: {@code stdin_raw_newlines} leaves {@code \n} in stdin alone, and
 *     functions that don't have an option of this list among their arguments may take it here
 */
record CommandOptions(
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
    @Argument.Keywords Map<String, Object> kwargs) {

  /** The command to run with these options; {@code byShell} says whether a shell reads the line. */
  ShellCommand command(Object line, boolean byShell) {
    return ShellCommand.of(line)
        .in(cwd, shell, byShell)
        .as(runas, group, umask)
        .with(env, cleanEnv, prependPath, resetSystemLocale)
        .reading(stdin)
        .writing(redirectStderr, rstrip, outputEncoding, outputLoglevel)
        .within(timeout, bg)
        .judged(ignoreRetcode, successRetcodes, successStdout, successStderr)
        .options(kwargs);
  }
}

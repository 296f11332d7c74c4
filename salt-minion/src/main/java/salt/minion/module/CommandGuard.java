package salt.minion.module;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import salt.common.config.Options;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.pattern.Glob;
import salt.common.payload.PythonText;
import salt.minion.process.ProcessRunner;

/** What a minion's options say about commands: which may run, and whether a shell reads them. */
final class CommandGuard {
  private static final Pattern JINJA = Pattern.compile("\\{[{%#]");

  private final MinionContext context;

  CommandGuard(MinionContext context) {
    this.context = context;
  }

  /** How much of a command's output is kept: {@code cmd_output_max} in bytes. */
  static long mostOutput(Options options) {
    double most = options.number("cmd_output_max");
    return most > 0 ? Math.min(Integer.MAX_VALUE / 2, (long) most) : ProcessRunner.MOST_OUTPUT;
  }

  /**
   * Whether a shell reads the line when the caller does not say: it does when a job calls the
   * function itself, and always when {@code cmd_safe} is off.
   */
  boolean usesShell(Boolean given, String function, Call call) {
    if (given != null) {
      return given;
    }
    return isJob(function, call) || Boolean.FALSE.equals(context.options().any("cmd_safe"));
  }

  /**
   * Refuses what can't be done, and what {@code cmd_blacklist_glob} and {@code cmd_whitelist_glob}
   * forbid jobs to run.
   */
  void check(String function, Object command, String template, boolean terminal, Call call) {
    checkTemplate(template, PythonText.str(command));
    if (terminal) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "use_vt needs a virtual terminal, which this minion has none of: leave it out");
    }
    if (isJob(function, call) && !isPermitted(command)) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "The shell command \"" + PythonText.str(command) + "\" is not permitted");
    }
  }

  /** Refuses to render what has anything to render: this minion has no template engine. */
  static void checkTemplate(String template, String text) {
    boolean plain = "jinja".equals(template) && !JINJA.matcher(text).find();
    if (template != null && !template.isEmpty() && !plain) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "Attempted to render file paths with unavailable engine " + template);
    }
  }

  private static boolean isJob(String function, Call call) {
    return function.equals(call.fun()) && PythonText.truth(call.publication().get("jid"));
  }

  private boolean isPermitted(Object command) {
    String line =
        command instanceof List<?> words
            ? words.stream().map(PythonText::str).collect(Collectors.joining(" "))
            : PythonText.str(command);
    List<?> allowed = patterns("cmd_whitelist_glob");
    return patterns("cmd_blacklist_glob").stream().noneMatch(p -> matches(p, line))
        && (allowed.isEmpty() || allowed.stream().anyMatch(p -> matches(p, line)));
  }

  /** As {@code config.get} finds them: in the options, then the grains, then the pillar. */
  private List<?> patterns(String option) {
    for (Object found :
        new Object[] {
          context.options().any(option), context.grains().get(option), context.pillar().get(option)
        }) {
      if (found != null) {
        return found instanceof List<?> list ? list : List.of(found);
      }
    }
    return List.of();
  }

  private static boolean matches(Object pattern, String line) {
    return Glob.of(PythonText.str(pattern)).matches(line);
  }
}

package salt.minion.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;

/** What counts as success beside an exit code of 0: other codes, pieces of output. */
record SuccessRule(List<Long> retcodes, List<String> stdout, List<String> stderr) {

  static SuccessRule of(ShellCommand command) {
    return new SuccessRule(
        items(command.successRetcodes, SuccessRule::retcode),
        items(command.successStdout, PythonText::str),
        items(command.successStderr, PythonText::str));
  }

  ShellResult judge(ShellResult result) {
    boolean success =
        retcodes.contains(result.retcode())
            || stdout.stream().anyMatch(result.stdout()::contains)
            || stderr.stream().anyMatch(result.stderr()::contains);
    return success
        ? new ShellResult(result.pid(), 0L, result.stdout(), result.stderr(), result.timedOut())
        : result;
  }

  /** A list, or text divided by commas. */
  private static <T> List<T> items(Object value, Function<Object, T> read) {
    List<T> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> items.add(read.apply(item)));
    } else if (value != null) {
      for (String item : PythonText.str(value).split(",", -1)) {
        items.add(read.apply(item.strip()));
      }
    }
    return items;
  }

  private static Long retcode(Object value) {
    try {
      return Long.valueOf(PythonText.str(value).strip());
    } catch (NumberFormatException e) {
      throw new CallException(
          CallException.Kind.INVOCATION, "success_retcodes must be a list of integers", e);
    }
  }
}

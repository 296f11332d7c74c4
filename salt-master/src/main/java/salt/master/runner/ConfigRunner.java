package salt.master.runner;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Named;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;

/** Shows options of the master. */
@Runner("config")
final class ConfigRunner {
  private final RunnerContext context;

  ConfigRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Returns an option of the master, or what lies inside it.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run config.get gitfs_remotes
   * salt-run config.get file_roots:base
   * salt-run config.get file_roots,base delimiter=','
   * }</pre>
   *
   * @param key its name, then the keys and indexes of what is inside
   * @param fallback what to return when there is no such option
   * @param delimiter what stands between the parts of {@code key}
   */
  @Exposed
  Object get(
      String key,
      @Named("default") @Default("''") Object fallback,
      @Default("':'") String delimiter) {
    Object value = context.options().asMap();
    for (String step : key.split(Pattern.quote(delimiter), -1)) {
      if (value instanceof Map<?, ?> map && map.containsKey(step)) {
        value = map.get(step);
      } else if (value instanceof List<?> list
          && step.matches("\\d{1,9}")
          && Integer.parseInt(step) < list.size()) {
        value = list.get(Integer.parseInt(step));
      } else {
        return fallback;
      }
    }
    return value;
  }
}

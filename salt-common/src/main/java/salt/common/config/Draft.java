package salt.common.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options while they are put together: defaults, what the files gave, and problems so far. */
final class Draft {
  private final Map<String, Object> values;
  private final Set<String> given;
  private final Map<String, ConfigFile> origins;
  private final List<Problem> problems;

  /**
   * A draft.
   *
   * @param values all options; changed in place
   * @param given the names the files set
   * @param origins the file that set an option last
   * @param problems grows by what is found
   */
  Draft(
      Map<String, Object> values,
      Set<String> given,
      Map<String, ConfigFile> origins,
      List<Problem> problems) {
    this.values = values;
    this.given = Set.copyOf(given);
    this.origins = origins;
    this.problems = problems;
  }

  Map<String, Object> values() {
    return values;
  }

  boolean isGiven(String name) {
    return given.contains(name);
  }

  Object get(String name) {
    return values.get(name);
  }

  /** The option, known to be a text or unset. */
  String text(String name) {
    return (String) values.get(name);
  }

  boolean truth(String name) {
    return Python.truth(values.get(name));
  }

  void put(String name, Object value) {
    values.put(name, value);
  }

  /** Reports something doubtful about an option. */
  void warn(String name, String message) {
    report(false, name, message);
  }

  /** Reports something about an option that no daemon can start with. */
  void refuse(String name, String message) {
    report(true, name, message);
  }

  private void report(boolean fatal, String name, String message) {
    ConfigFile file = origins.get(name);
    problems.add(
        file == null
            ? new Problem(fatal, null, 0, name + ": " + message)
            : new Problem(fatal, file.path(), file.line(name), name + ": " + message));
  }
}

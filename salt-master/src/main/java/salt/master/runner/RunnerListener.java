package salt.master.runner;

import java.util.Map;

/** Hears what a run tells of itself. */
@FunctionalInterface
public interface RunnerListener {
  /**
   * Something was announced.
   *
   * @param suffix {@code new}, {@code progress} or {@code ret}
   * @param data the event's data
   */
  void heard(String suffix, Map<String, Object> data);
}

package salt.minion.process;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a command.
 *
 * @param pid its process id
 * @param retcode its exit code, negative for the signal that ended it, 0 when it counts as success;
 *     null in the background
 * @param stdout its output as text
 * @param stderr its error output as text
 * @param timedOut whether it was killed because its time was over
 */
public record ShellResult(long pid, Long retcode, String stdout, String stderr, boolean timedOut) {

  /** As {@code cmd.run_all} returns it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!timedOut) {
      map.put("pid", pid);
      map.put("retcode", retcode);
    }
    map.put("stdout", stdout);
    map.put("stderr", stderr);
    map.put("retcode", retcode);
    map.put("pid", pid);
    return map;
  }

  /** As {@code cmd.run_all} returns it with {@code hide_output}. */
  public Map<String, Object> hidden() {
    return new ShellResult(pid, retcode, "", "", timedOut).toMap();
  }
}

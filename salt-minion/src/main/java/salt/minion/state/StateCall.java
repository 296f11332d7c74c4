package salt.minion.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.loader.Call;

/**
 * A call of a state function by a run of states. It belongs to the job of the run: programs that it
 * starts are the job's, and it ends when the job is told to end.
 *
 * <p>Salt gives states the same in {@code __low__}, {@code __opts__['test']} and {@code __env__}.
 */
public final class StateCall extends Call {
  private final Map<String, Object> low;
  private final boolean test;

  /**
   * A call for one low chunk.
   *
   * @param job the call of the run
   * @param low the low chunk as compiled
   * @param test whether the state is only to say what it would change
   */
  public StateCall(Call job, Map<String, Object> low, boolean test) {
    super(low.get("state") + "." + low.get("fun"), job);
    this.low = Collections.unmodifiableMap(new LinkedHashMap<>(low));
    this.test = test;
  }

  /** The low chunk: {@code state}, {@code fun}, {@code __id__}, {@code name} and all arguments. */
  public Map<String, Object> low() {
    return low;
  }

  /** Whether the state is only to say what it would change. */
  public boolean test() {
    return test;
  }

  /** The environment of the file server that the state file is of; {@code base} when unknown. */
  public String saltenv() {
    return low.get("__env__") instanceof String env ? env : "base";
  }

  /** The state file, such as {@code web.nginx}; empty when unknown. */
  public String sls() {
    return low.get("__sls__") instanceof String sls ? sls : "";
  }
}

package salt.minion.job;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;

/**
 * The blackout of a minion: while {@code minion_blackout} is set in its pillar or grains, jobs may
 * call only {@code saltutil.refresh_pillar} and what {@code minion_blackout_whitelist} beside it
 * names.
 */
public final class Blackout {
  private static final String ALWAYS_ALLOWED = "saltutil.refresh_pillar";

  private final Supplier<Map<String, Object>> pillar;
  private final Supplier<Map<String, Object>> grains;

  /** The blackout that the current {@code pillar} and {@code grains} tell of. */
  public Blackout(Supplier<Map<String, Object>> pillar, Supplier<Map<String, Object>> grains) {
    this.pillar = pillar;
    this.grains = grains;
  }

  /** Throws {@link CallException} in Salt's words when a job may not call {@code fun} now. */
  void check(String fun) {
    if (forbids(pillar.get(), fun) || forbids(grains.get(), fun)) {
      throw new CallException(
          CallException.Kind.INVOCATION,
          "Minion in blackout mode. Set 'minion_blackout' to False in pillar or grains to resume"
              + " operations. Only saltutil.refresh_pillar allowed in blackout mode.");
    }
  }

  private static boolean forbids(Map<String, Object> facts, String fun) {
    return PythonText.truth(facts.get("minion_blackout"))
        && !fun.equals(ALWAYS_ALLOWED)
        && !(facts.get("minion_blackout_whitelist") instanceof List<?> allowed
            && allowed.contains(fun));
  }
}

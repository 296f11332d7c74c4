package salt.cli.minion;

import java.util.Map;
import salt.common.config.Options;
import salt.master.job.LocalJobCache;

/** Looks into the job cache of a master that has ended. */
public final class Jobs {
  private Jobs() {}

  /** What minions returned for a job. */
  public static Map<String, Map<String, Object>> returns(Options master, String jid) {
    try (LocalJobCache jobs =
        new LocalJobCache(master.path("cachedir"), master.text("hash_type", "sha256"))) {
      return jobs.returns(jid);
    }
  }
}

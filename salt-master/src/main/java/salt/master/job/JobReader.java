package salt.master.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks jobs up by jid. Thread-safe, and safe beside a master that writes. */
public interface JobReader {
  /** Whether the job is known. */
  boolean isKnown(String jid);

  /** The publish request of a job. */
  Optional<Map<String, Object>> load(String jid);

  /** The ids that should answer a job; empty when unknown. */
  List<String> minions(String jid);

  /**
   * The returns of a job so far: id to a map with {@code return} and, as far as sent, {@code
   * retcode}, {@code success}, {@code out}.
   */
  Map<String, Map<String, Object>> returns(String jid);

  /** The return of one minion. */
  Optional<Map<String, Object>> find(String jid, String minion);

  /** All jids, oldest first. */
  List<String> jids();
}

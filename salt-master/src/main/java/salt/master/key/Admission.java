package salt.master.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the master decided about one sign-in.
 *
 * @param outcome what the minion is told
 * @param id the minion's id as sent
 * @param publicKey the text of the key it showed
 * @param act the word for the event {@code salt/auth}; empty where Salt gives none
 * @param reason one sentence for the log
 */
public record Admission(
    Outcome outcome, String id, String publicKey, Optional<String> act, String reason) {

  /** What the minion is told. */
  public enum Outcome {
    /** Let in: the reply carries the keys. */
    ACCEPTED,
    /** Undecided: asks again later. */
    PENDING,
    /** No. */
    REFUSED,
    /** No, as {@code max_minions} are connected. */
    FULL
  }

  /** The data of the event {@code salt/auth}. */
  public Map<String, Object> event() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("result", outcome == Outcome.ACCEPTED || outcome == Outcome.PENDING);
    act.ifPresent(word -> data.put("act", word));
    data.put("id", id);
    data.put("pub", publicKey);
    return data;
  }
}

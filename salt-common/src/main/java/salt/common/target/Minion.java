package salt.common.target;

import java.util.Map;
import java.util.Objects;

/**
 * What a target is matched against.
 *
 * @param id the minion's id
 * @param grains its grains; null when they are not known
 * @param pillar its pillar; null when it is not known
 */
public record Minion(String id, Map<?, ?> grains, Map<?, ?> pillar) {
  /** Needs at least the id. */
  public Minion {
    Objects.requireNonNull(id);
  }
}

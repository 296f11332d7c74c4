package salt.common.target;

import java.util.List;

/**
 * Who is expected to answer a target.
 *
 * @param minions accepted ids that match, without doubles, except for type list, which keeps order
 *     and doubles of the target
 * @param missing names of a list that are no accepted minions
 * @param problem why the target can match nobody; null when nothing is wrong with it
 */
public record ExpectedMinions(List<String> minions, List<String> missing, String problem) {
  /** Copies the lists. */
  public ExpectedMinions {
    minions = List.copyOf(minions);
    missing = List.copyOf(missing);
  }

  static ExpectedMinions none(String problem) {
    return new ExpectedMinions(List.of(), List.of(), problem);
  }
}

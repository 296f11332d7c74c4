package salt.common.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {
  private static final int LETTERS_PER_SLIP = 4;
  private static final int MOST_SLIPS = 2;

  private NearestName() {}

  /**
   * The known name that is at most two slips away (a letter added, left out, changed or swapped
   * with its neighbour), fewer for short names; empty when there is none.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    int best = Math.min(MOST_SLIPS, name.length() / LETTERS_PER_SLIP) + 1;
    String nearest = null;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - name.length()) < best) {
        int slips = slips(name, candidate);
        if (slips < best) {
          best = slips;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static int slips(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}

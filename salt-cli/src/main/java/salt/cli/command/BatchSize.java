package salt.cli.command;

import java.util.OptionalInt;

/** How many minions a batch has at a time. */
final class BatchSize {
  private static final int ALL = 100;

  private BatchSize() {}

  /**
   * Reads it.
   *
   * @param text a number, or a percentage such as {@code 10%} or {@code %10}
   * @param minions how many minions there are in all
   * @return nothing when the text is neither, or leaves nobody
   */
  static OptionalInt of(String text, int minions) {
    try {
      int size =
          text.indexOf('%') < 0
              ? Integer.parseInt(text.strip())
              : share(Double.parseDouble(text.replaceAll("^%+|%+$", "")), minions);
      return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static int share(double percent, int minions) {
    double share = percent / ALL * minions;
    return (int) (share < 1 ? Math.ceil(share) : share);
  }
}

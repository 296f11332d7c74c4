package salt.common.pattern;

/**
 * Counts the steps that matching takes and stops it when they are too many, so that no pattern can
 * hold a thread for long: a million on one text, 200 million in all. A pattern that people write
 * takes some hundred steps on an id. Not for several threads.
 */
public final class Effort {
  private static final int STEPS_EACH = 1_000_000;
  private static final long STEPS_IN_ALL = 200_000_000L;

  private int left = STEPS_EACH;
  private long leftInAll = STEPS_IN_ALL;

  /**
   * Begins with the next text: its own steps start anew, those in all go on.
   *
   * @throws PatternProblem when there were too many in all
   */
  public void next() {
    leftInAll -= STEPS_EACH - left;
    left = STEPS_EACH;
    if (leftInAll < 0) {
      throw new PatternProblem("the pattern takes too long to match against all texts");
    }
  }

  /**
   * Takes one step.
   *
   * @throws PatternProblem when there were too many
   */
  public void step() {
    if (--left < 0) {
      throw new PatternProblem("the pattern takes too long to match");
    }
  }
}

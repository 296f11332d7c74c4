package salt.common.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A piece of a compiled regular expression: instructions whose jumps are relative, so that a piece
 * can be repeated by writing it several times.
 *
 * @param steps the instructions
 * @param least the least number of characters it takes
 * @param most the greatest number; -1 without bound
 */
record RegexCode(List<Step> steps, int least, int most) {
  static final RegexCode EMPTY = new RegexCode(List.of(), 0, 0);

  /** More instructions than any pattern needs; repeats of repeats reach it. */
  private static final int MAX_STEPS = 50_000;

  /** What an instruction does. */
  enum Kind {
    /** Takes one character of the set. */
    CHARACTER,
    /** Goes on {@code a} further, and {@code b} further should that fail. */
    SPLIT,
    JUMP,
    /** Notes the position in register {@code a}. */
    SAVE,
    /** Goes {@code b} further when nothing was taken since register {@code a} was noted. */
    UNLESS_MOVED,
    /** Holds where the place is. */
    PLACE,
    /** The {@code a} instructions behind it must match from {@code b} characters back. */
    LOOK,
    /** The {@code a} instructions behind it must not match from {@code b} characters back. */
    LOOK_NOT,
    /** The {@code a} instructions behind it match once, in the first way they do. */
    ATOMIC,
    /** Takes again what group {@code a} took. */
    REFERENCE,
    /** Goes {@code b} further when group {@code a} took no part. */
    UNLESS_GROUP,
    /** The end of what {@link #LOOK}, {@link #LOOK_NOT} and {@link #ATOMIC} hold, and of all. */
    END
  }

  /** Places that take no character. */
  enum Place {
    START,
    END,
    END_OR_LAST_NEWLINE,
    LINE_START,
    LINE_END,
    WORD_EDGE,
    NO_WORD_EDGE,
    ASCII_WORD_EDGE,
    NO_ASCII_WORD_EDGE
  }

  /** One instruction. */
  record Step(Kind kind, int a, int b, IntPredicate set, Place place) {
    Step(Kind kind, int a, int b) {
      this(kind, a, b, code -> false, null);
    }
  }

  static RegexCode character(IntPredicate set) {
    return new RegexCode(List.of(new Step(Kind.CHARACTER, 0, 0, set, null)), 1, 1);
  }

  static RegexCode place(Place place) {
    return new RegexCode(List.of(new Step(Kind.PLACE, 0, 0, code -> false, place)), 0, 0);
  }

  static RegexCode reference(int group, boolean ignoreCase) {
    return new RegexCode(List.of(new Step(Kind.REFERENCE, group, ignoreCase ? 1 : 0)), 0, -1);
  }

  /** This, then {@code next}. */
  RegexCode then(RegexCode next) {
    List<Step> all = new ArrayList<>(steps.size() + next.steps.size());
    all.addAll(steps);
    all.addAll(next.steps);
    return new RegexCode(checked(all), least + next.least, sum(most, next.most));
  }

  /** This or, should it fail, {@code other}. */
  RegexCode or(RegexCode other) {
    List<Step> all = new ArrayList<>();
    all.add(new Step(Kind.SPLIT, 1, steps.size() + 2));
    all.addAll(steps);
    all.add(new Step(Kind.JUMP, other.steps.size() + 1, 0));
    all.addAll(other.steps);
    int longest = most < 0 || other.most < 0 ? -1 : Math.max(most, other.most);
    return new RegexCode(checked(all), Math.min(least, other.least), longest);
  }

  /** This when the group took part, {@code other} when not. */
  RegexCode whenGroup(int group, RegexCode other) {
    RegexCode both = or(other);
    both.steps.set(0, new Step(Kind.UNLESS_GROUP, group, steps.size() + 2));
    return both;
  }

  /** This as a group with a number. */
  RegexCode captured(int group) {
    List<Step> all = new ArrayList<>();
    all.add(new Step(Kind.SAVE, 2 * group, 0));
    all.addAll(steps);
    all.add(new Step(Kind.SAVE, 2 * group + 1, 0));
    return new RegexCode(all, least, most);
  }

  /** This as what must, or must not, be around. */
  RegexCode around(Kind kind, int back) {
    RegexCode enclosed = enclosed(kind, back);
    return new RegexCode(enclosed.steps, 0, 0);
  }

  /** This, matched in the first way only. */
  RegexCode atomic() {
    return enclosed(Kind.ATOMIC, 0);
  }

  /** This as a whole program. */
  RegexCode ended() {
    List<Step> all = new ArrayList<>(steps);
    all.add(new Step(Kind.END, 0, 0));
    return new RegexCode(all, least, most);
  }

  private RegexCode enclosed(Kind kind, int back) {
    List<Step> all = new ArrayList<>();
    all.add(new Step(kind, steps.size() + 1, back));
    all.addAll(steps);
    all.add(new Step(Kind.END, 0, 0));
    return new RegexCode(all, least, most);
  }

  /**
   * This, repeated.
   *
   * @param from the least number of times
   * @param to the greatest; -1 without bound
   * @param lazy whether fewer times are tried first
   * @param register a free register, to notice a turn that takes nothing
   */
  RegexCode repeated(int from, int to, boolean lazy, int register) {
    if ((long) Math.max(from, to) * (steps.size() + 2) > MAX_STEPS) {
      throw new PatternProblem("the pattern is too large");
    }
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < from; i++) {
      all.addAll(steps);
    }
    if (to < 0) {
      loop(all, lazy, register);
    }
    for (int i = from; i < to; i++) {
      // Every further turn may leave for the end of all.
      int rest = (to - i) * (steps.size() + 1);
      all.add(split(rest, lazy));
      all.addAll(steps);
    }
    int longest = to < 0 || most < 0 ? -1 : most * to;
    return new RegexCode(checked(all), least * from, most == 0 ? 0 : longest);
  }

  private void loop(List<Step> all, boolean lazy, int register) {
    boolean mayTakeNothing = least == 0;
    int size = steps.size() + (mayTakeNothing ? 2 : 0);
    all.add(split(size + 2, lazy));
    if (mayTakeNothing) {
      all.add(new Step(Kind.SAVE, register, 0));
    }
    all.addAll(steps);
    if (mayTakeNothing) {
      all.add(new Step(Kind.UNLESS_MOVED, register, 2));
    }
    all.add(new Step(Kind.JUMP, -size - 1, 0));
  }

  private static Step split(int exit, boolean lazy) {
    return lazy ? new Step(Kind.SPLIT, exit, 1) : new Step(Kind.SPLIT, 1, exit);
  }

  private static int sum(int one, int other) {
    return one < 0 || other < 0 ? -1 : one + other;
  }

  private static List<Step> checked(List<Step> steps) {
    if (steps.size() > MAX_STEPS) {
      throw new PatternProblem("the pattern is too large");
    }
    return steps;
  }
}

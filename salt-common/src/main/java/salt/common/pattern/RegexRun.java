package salt.common.pattern;

import java.util.Arrays;
import java.util.List;
import salt.common.pattern.RegexCode.Place;
import salt.common.pattern.RegexCode.Step;

/**
 * One run of a compiled regular expression over a text: tries the ways in Python's order, going
 * back to the last choice when one fails, and counts every instruction.
 */
final class RegexRun {
  private static final int CHOICE = -1;

  private final List<Step> steps;
  private final int[] text;
  private final int[] registers;
  private final Effort effort;

  /** Triples: register, old value, 0 to undo; or {@link #CHOICE}, instruction, position. */
  private int[] stack = new int[96];

  private int height;

  RegexRun(List<Step> steps, int registers, int[] text, Effort effort) {
    this.steps = steps;
    this.text = text;
    this.effort = effort;
    this.registers = new int[registers];
    Arrays.fill(this.registers, -1);
  }

  /** Where group {@code group} began (even) and ended (odd register), -1 when it took no part. */
  int[] registers() {
    return registers;
  }

  /** Runs from instruction {@code from} at {@code at}; gives where the match ends, or -1. */
  int run(int from, int at) {
    int bottom = height;
    int pc = from;
    int position = at;
    while (true) {
      effort.step();
      Step step = steps.get(pc);
      int next = -1;
      switch (step.kind()) {
        case END -> {
          forgetChoices(bottom);
          return position;
        }
        case CHARACTER -> {
          if (position < text.length && step.set().test(text[position])) {
            position++;
            next = pc + 1;
          }
        }
        case SPLIT -> {
          push(CHOICE, pc + step.b(), position);
          next = pc + step.a();
        }
        case JUMP -> next = pc + step.a();
        case SAVE -> {
          push(step.a(), registers[step.a()], 0);
          registers[step.a()] = position;
          next = pc + 1;
        }
        case UNLESS_MOVED -> next = registers[step.a()] == position ? pc + step.b() : pc + 1;
        case UNLESS_GROUP -> next = registers[2 * step.a() + 1] < 0 ? pc + step.b() : pc + 1;
        case PLACE -> next = isAt(step.place(), position) ? pc + 1 : -1;
        case REFERENCE -> {
          int end = again(step, position);
          next = end < 0 ? -1 : pc + 1;
          position = Math.max(end, position);
        }
        case LOOK, LOOK_NOT -> next = look(step, pc, position) ? pc + 1 + step.a() : -1;
        case ATOMIC -> {
          int end = run(pc + 1, position);
          next = end < 0 ? -1 : pc + 1 + step.a();
          position = Math.max(end, position);
        }
      }
      if (next < 0) {
        if (!back(bottom)) {
          return -1;
        }
        next = stack[height + 1];
        position = stack[height + 2];
      }
      pc = next;
    }
  }

  private boolean look(Step step, int pc, int position) {
    int start = position - step.b();
    int before = height;
    boolean found = start >= 0 && run(pc + 1, start) >= 0;
    if (step.kind() == RegexCode.Kind.LOOK) {
      return found;
    }
    back(before);
    return !found;
  }

  private int again(Step step, int position) {
    int start = registers[2 * step.a()];
    int end = registers[2 * step.a() + 1];
    if (start < 0 || end < start || position + end - start > text.length) {
      return -1;
    }
    for (int i = 0; i < end - start; i++) {
      effort.step();
      int one = text[start + i];
      int other = text[position + i];
      boolean same =
          one == other || (step.b() == 1 && RegexFlags.fold(one) == RegexFlags.fold(other));
      if (!same) {
        return -1;
      }
    }
    return position + end - start;
  }

  private void push(int a, int b, int c) {
    if (height + 3 > stack.length) {
      stack = Arrays.copyOf(stack, stack.length * 2);
    }
    stack[height] = a;
    stack[height + 1] = b;
    stack[height + 2] = c;
    height += 3;
  }

  /** Undoes down to the last choice above {@code bottom}, which is taken off; false without one. */
  private boolean back(int bottom) {
    while (height > bottom) {
      height -= 3;
      if (stack[height] == CHOICE) {
        return true;
      }
      registers[stack[height]] = stack[height + 1];
    }
    return false;
  }

  /** Keeps what is needed to undo but no choice: what is done stays done. */
  private void forgetChoices(int bottom) {
    int kept = bottom;
    for (int at = bottom; at < height; at += 3) {
      if (stack[at] != CHOICE) {
        System.arraycopy(stack, at, stack, kept, 3);
        kept += 3;
      }
    }
    height = kept;
  }

  private boolean isAt(Place place, int at) {
    int length = text.length;
    return switch (place) {
      case START -> at == 0;
      case END -> at == length;
      case END_OR_LAST_NEWLINE -> at == length || (at == length - 1 && text[at] == '\n');
      case LINE_START -> at == 0 || text[at - 1] == '\n';
      case LINE_END -> at == length || text[at] == '\n';
      case WORD_EDGE -> edge(at, RegexFlags.NONE);
      case NO_WORD_EDGE -> length > 0 && !edge(at, RegexFlags.NONE);
      case ASCII_WORD_EDGE -> edge(at, RegexFlags.NONE.with('a', true));
      case NO_ASCII_WORD_EDGE -> length > 0 && !edge(at, RegexFlags.NONE.with('a', true));
    };
  }

  private boolean edge(int at, RegexFlags flags) {
    boolean before = at > 0 && flags.escapeClass('w').test(text[at - 1]);
    boolean after = at < text.length && flags.escapeClass('w').test(text[at]);
    return before != after;
  }
}

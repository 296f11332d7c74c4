package salt.common.target;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A compound target as a master reads it: each word gives a set of ids, and the sets are joined.
 *
 * <p>Salt writes the sets into a Python expression with {@code &}, {@code |} and {@code -}; a
 * {@code not} becomes "all accepted minions without". What Python could not compute expects nobody.
 */
final class CompoundCheck {
  private final TargetCheck.Check check;
  private final Nodegroups groups;
  private final boolean exact;
  private final List<Object> tokens = new ArrayList<>();

  /** What still has to be closed: {@code (} as written, {@code -} for a not. */
  private final Deque<String> unmatched = new ArrayDeque<>();

  private final List<String> missing = new ArrayList<>();

  CompoundCheck(TargetCheck.Check check, Nodegroups groups, boolean exact) {
    this.check = check;
    this.groups = groups;
    this.exact = exact;
  }

  ExpectedMinions check(List<String> target) {
    Deque<String> words = new ArrayDeque<>(target);
    while (!words.isEmpty()) {
      CompoundWord word = CompoundWord.parse(words.pop());
      if (word.isOperator()) {
        operator(word.text());
      } else if (word.engine() == 'N') {
        List<String> expanded = groups.expand(word.pattern());
        for (int i = expanded.size() - 1; i >= 0; i--) {
          words.push(expanded.get(i));
        }
      } else {
        tokens.add(minions(word));
        closeNot();
      }
    }
    unmatched.forEach(open -> tokens.add(")"));
    return new ExpectedMinions(List.copyOf(new SetExpression(tokens).value()), missing, null);
  }

  private void closeNot() {
    if ("-".equals(unmatched.peek())) {
      tokens.add(")");
      unmatched.pop();
    }
  }

  private void operator(String word) {
    Object last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    switch (word) {
      case "not" -> not(last);
      case "(" -> {
        tokens.add("(");
        unmatched.push("(");
      }
      case ")" -> {
        if (!"(".equals(unmatched.peek())) {
          throw new TargetProblem("unexpected right parenthesis");
        }
        tokens.add(")");
        unmatched.pop();
        closeNot();
      }
      default -> {
        if (last == null || last.equals("(")) {
          throw new TargetProblem("nothing before the operator " + word);
        }
        tokens.add(word.equals("and") ? "&" : "|");
      }
    }
  }

  private void not(Object last) {
    if (last != null && !List.of("&", "|", "(").contains(last)) {
      tokens.add("&");
    }
    tokens.add("(");
    tokens.add(check.accepted());
    tokens.add("-");
    unmatched.push("-");
  }

  private Set<String> minions(CompoundWord word) {
    String pattern = word.pattern();
    String between = word.delimiterOrDefault();
    FactPattern.Kind kind = FactPattern.Kind.GLOB;
    return switch (word.engine()) {
      case 0 -> check.glob(word.text());
      case 'G' -> check.fact(pattern, between, false, kind);
      case 'P' -> check.fact(pattern, between, false, FactPattern.Kind.REGEX);
      case 'I' -> check.fact(pattern, between, true, exact ? FactPattern.Kind.EXACT : kind);
      case 'J' ->
          check.fact(
              pattern, between, true, exact ? FactPattern.Kind.EXACT : FactPattern.Kind.REGEX);
      case 'L' -> list(pattern);
      case 'E' -> check.pcre(pattern);
      case 'S' -> check.address(pattern);
      default -> throw new TargetProblem(Target.RANGE);
    };
  }

  private Set<String> list(String pattern) {
    ExpectedMinions found = check.list(pattern);
    // A name that is excluded need not exist.
    boolean excluded = !tokens.isEmpty() && tokens.get(tokens.size() - 1).equals("-");
    if (!excluded) {
      missing.addAll(found.missing());
    }
    return new LinkedHashSet<>(found.minions());
  }
}

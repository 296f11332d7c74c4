package salt.common.target;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import salt.common.pattern.Effort;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;

/**
 * A compound target as a minion reads it: conditions joined by {@code and}, {@code or}, {@code not}
 * and parentheses, each a word of its own.
 *
 * <p>Salt puts the results of the conditions into a Python expression; what Python would refuse to
 * read matches no minion, and the same goes for what it would stumble over while computing, unless
 * it never gets there.
 */
final class Compound {
  private final List<Object> tokens;

  private Compound(List<Object> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a compound target.
   *
   * @throws TargetProblem when an operator is where none can be, or a type is unknown
   * @throws PatternProblem when an {@code E@} pattern is broken
   */
  static Compound parse(Object target, Map<?, ?> nodegroups) {
    Deque<String> words = new ArrayDeque<>(CompoundWord.words(target));
    Nodegroups groups = new Nodegroups(nodegroups);
    List<Object> tokens = new ArrayList<>();
    while (!words.isEmpty()) {
      CompoundWord word = CompoundWord.parse(words.pop());
      if (word.isOperator()) {
        operator(word.text(), tokens);
      } else if (word.engine() == 'N') {
        List<String> expanded = groups.expand(word.pattern());
        for (int i = expanded.size() - 1; i >= 0; i--) {
          words.push(expanded.get(i));
        }
      } else {
        tokens.add(condition(word));
      }
    }
    return new Compound(List.copyOf(tokens));
  }

  private static void operator(String word, List<Object> tokens) {
    Object last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    boolean binary = word.equals("and") || word.equals("or");
    if (last == null && !word.equals("(") && !word.equals("not")) {
      throw new TargetProblem("Invalid beginning operator: " + word);
    }
    if ("(".equals(last) && binary) {
      throw new TargetProblem("Invalid beginning operator after \"(\": " + word);
    }
    if (word.equals("not") && last != null && !List.of("and", "or", "(").contains(last)) {
      tokens.add("and");
    }
    tokens.add(word);
  }

  private static Condition condition(CompoundWord word) {
    String pattern = word.pattern();
    return switch (word.engine()) {
      case 0 -> new Condition.IdGlob(Glob.of(word.text()));
      case 'G' -> fact(word, false, FactPattern.Kind.GLOB);
      case 'P' -> fact(word, false, FactPattern.Kind.REGEX);
      case 'I' -> fact(word, true, FactPattern.Kind.GLOB);
      case 'J' -> fact(word, true, FactPattern.Kind.REGEX);
      case 'L' -> Condition.IdList.of(pattern);
      case 'E' -> new Condition.IdRegex(PythonRegex.compile(pattern));
      case 'S' -> Condition.Address.orNever(pattern);
      default ->
          throw new TargetProblem(
              "Unrecognized target engine \"%s\" for target expression \"%s\""
                  .formatted(word.engine(), word.text()));
    };
  }

  private static Condition fact(CompoundWord word, boolean pillar, FactPattern.Kind kind) {
    return new Condition.Fact(
        pillar,
        FactExpression.of(word.pattern(), word.delimiterOrDefault(), new FactPattern.Family(kind)));
  }

  boolean matches(Minion minion, Effort effort) {
    List<Object> values = new ArrayList<>(tokens.size());
    for (Object token : tokens) {
      values.add(token instanceof Condition condition ? condition.holds(minion, effort) : token);
    }
    return new TruthExpression(values).value();
  }
}

package salt.common.target;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An expression of sets of ids: {@code |} binds least, then {@code &}, then {@code -}. */
final class SetExpression {
  private static final int MAX_DEPTH = 90;
  private static final String INVALID = "Invalid compound target";

  private final List<Object> tokens;
  private int at;
  private int depth;

  SetExpression(List<Object> tokens) {
    this.tokens = tokens;
  }

  /**
   * The resulting ids.
   *
   * @throws TargetProblem when operators, sets and parentheses do not fit together
   */
  Set<String> value() {
    Set<String> value = union();
    if (at < tokens.size()) {
      throw new TargetProblem(INVALID);
    }
    return value;
  }

  private Set<String> union() {
    Set<String> left = intersection();
    while (take("|")) {
      left = new LinkedHashSet<>(left);
      left.addAll(intersection());
    }
    return left;
  }

  private Set<String> intersection() {
    Set<String> left = difference();
    while (take("&")) {
      left = new LinkedHashSet<>(left);
      left.retainAll(difference());
    }
    return left;
  }

  private Set<String> difference() {
    Set<String> left = atom();
    while (take("-")) {
      left = new LinkedHashSet<>(left);
      left.removeAll(atom());
    }
    return left;
  }

  private Set<String> atom() {
    if (at < tokens.size() && tokens.get(at) instanceof Set<?> ids) {
      at++;
      Set<String> copy = new LinkedHashSet<>();
      ids.forEach(id -> copy.add((String) id));
      return copy;
    }
    if (!take("(") || ++depth > MAX_DEPTH) {
      throw new TargetProblem(INVALID);
    }
    Set<String> value = union();
    depth--;
    if (!take(")")) {
      throw new TargetProblem(INVALID);
    }
    return value;
  }

  private boolean take(String token) {
    boolean there = at < tokens.size() && token.equals(tokens.get(at));
    if (there) {
      at++;
    }
    return there;
  }
}

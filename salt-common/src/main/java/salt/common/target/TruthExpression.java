package salt.common.target;

import java.util.List;

/**
 * A Python expression of truth values, {@code and}, {@code or}, {@code not} and parentheses.
 *
 * <p>Grammar: {@code or} binds least, then {@code and}, then {@code not}. Two things that nobody
 * writes on purpose still have Python's result: {@code ()} is an empty tuple, hence false, and a
 * parenthesis behind a value is a call, which fails if it is reached.
 */
final class TruthExpression {
  private static final int MAX_DEPTH = 90;

  private final List<Object> tokens;
  private int at;
  private int depth;

  TruthExpression(List<Object> tokens) {
    this.tokens = tokens;
  }

  /** The value; false when it is no expression, or fails. */
  boolean value() {
    Outcome outcome = or();
    return at == tokens.size() && outcome == Outcome.TRUE;
  }

  private enum Outcome {
    TRUE,
    FALSE,
    /** Python would raise an error here. */
    FAILED,
    /** Python would not even read it. */
    UNREADABLE
  }

  private Outcome or() {
    Outcome left = and();
    while (left != Outcome.UNREADABLE && take("or")) {
      Outcome right = and();
      if (right == Outcome.UNREADABLE || left == Outcome.FALSE) {
        left = right;
      }
    }
    return left;
  }

  private Outcome and() {
    Outcome left = not();
    while (left != Outcome.UNREADABLE && take("and")) {
      Outcome right = not();
      if (right == Outcome.UNREADABLE || left == Outcome.TRUE) {
        left = right;
      }
    }
    return left;
  }

  private Outcome not() {
    boolean negated = false;
    while (take("not")) {
      negated = !negated;
    }
    Outcome value = calls();
    if (negated && value == Outcome.TRUE) {
      return Outcome.FALSE;
    }
    return negated && value == Outcome.FALSE ? Outcome.TRUE : value;
  }

  /** A value and the parentheses right behind it. */
  private Outcome calls() {
    Outcome value = atom();
    while (value != Outcome.UNREADABLE && take("(")) {
      value = closed() == Outcome.UNREADABLE ? Outcome.UNREADABLE : Outcome.FAILED;
    }
    return value;
  }

  private Outcome atom() {
    if (at < tokens.size() && tokens.get(at) instanceof Boolean value) {
      at++;
      return value ? Outcome.TRUE : Outcome.FALSE;
    }
    return take("(") ? closed() : Outcome.UNREADABLE;
  }

  /** What is between a parenthesis, already taken, and the one that closes it. */
  private Outcome closed() {
    if (take(")")) {
      return Outcome.FALSE;
    }
    if (++depth > MAX_DEPTH) {
      return Outcome.UNREADABLE;
    }
    Outcome value = or();
    depth--;
    return take(")") ? value : Outcome.UNREADABLE;
  }

  private boolean take(String token) {
    boolean there = at < tokens.size() && token.equals(tokens.get(at));
    if (there) {
      at++;
    }
    return there;
  }
}

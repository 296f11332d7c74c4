package salt.common.jinja;

import java.util.List;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Truth;

/** Operators. */
final class Operations {
  private Operations() {}

  /** What an operator between two values does. */
  @FunctionalInterface
  interface Binary {
    Object apply(Object left, Object right);
  }

  static Binary binary(String operator) {
    return switch (operator) {
      case "+" -> Arithmetic::add;
      case "-" -> Arithmetic::subtract;
      case "*" -> Arithmetic::multiply;
      case "/" -> Arithmetic::divide;
      case "//" -> Arithmetic::floorDivide;
      case "%" -> Arithmetic::modulo;
      default -> Arithmetic::power;
    };
  }

  record Between(Binary operation, Expression left, Expression right, int line)
      implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object one = left.evaluate(frame);
      return operation.apply(one, right.evaluate(frame));
    }
  }

  record Negative(Expression of, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.negate(of.evaluate(frame));
    }
  }

  record Positive(Expression of, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.positive(of.evaluate(frame));
    }
  }

  record Not(Expression of, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return !Truth.of(of.evaluate(frame));
    }
  }

  record And(Expression left, Expression right, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object one = left.evaluate(frame);
      return Truth.of(one) ? right.evaluate(frame) : one;
    }
  }

  record Or(Expression left, Expression right, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object one = left.evaluate(frame);
      return Truth.of(one) ? one : right.evaluate(frame);
    }
  }

  record Step(String operator, Expression operand) {}

  /** A chain of comparisons, all of which must hold. */
  record Compare(Expression first, List<Step> steps, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object left = first.evaluate(frame);
      for (Step step : steps) {
        Object right = step.operand().evaluate(frame);
        if (!holds(step.operator(), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }

    private static boolean holds(String operator, Object left, Object right) {
      return switch (operator) {
        case "==" -> Comparison.equal(left, right);
        case "!=" -> !Comparison.equal(left, right);
        case "in" -> Iteration.contains(right, left);
        case "not in" -> !Iteration.contains(right, left);
        default -> Comparison.ordered(operator, left, right);
      };
    }
  }
}

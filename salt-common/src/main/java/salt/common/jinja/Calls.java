package salt.common.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.jinja.filter.Filter;
import salt.common.jinja.filter.Test;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;

/** Calls of functions, filters and tests. */
final class Calls {
  private Calls() {}

  record Keyword(String name, Expression value) {}

  /** The arguments as written; {@code rest} and {@code more} are those behind stars, or null. */
  record Given(
      List<Expression> positional, List<Keyword> keywords, Expression rest, Expression more) {
    static final Given NOTHING = new Given(List.of(), List.of(), null, null);

    Arguments evaluate(Frame frame, Object first) {
      List<Object> values = new ArrayList<>(positional.size() + 1);
      if (first != Frame.UNKNOWN) {
        values.add(first);
      }
      for (Expression each : positional) {
        values.add(each.evaluate(frame));
      }
      Map<String, Object> named = new LinkedHashMap<>();
      for (Keyword keyword : keywords) {
        named.put(keyword.name(), keyword.value().evaluate(frame));
      }
      if (rest != null) {
        Iteration.iterator(rest.evaluate(frame)).forEachRemaining(values::add);
      }
      if (more != null) {
        addNamed(named, more.evaluate(frame));
      }
      return new Arguments(values, named);
    }

    private static void addNamed(Map<String, Object> named, Object more) {
      Expressions.demand(more);
      if (!(more instanceof Map<?, ?> map)) {
        throw Errors.type("argument after ** must be a mapping, not " + Types.of(more));
      }
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = Texts.orNull(entry.getKey());
        if (name == null) {
          throw Errors.type("keywords must be strings");
        } else if (named.containsKey(name)) {
          throw Errors.type("got multiple values for keyword argument '" + name + "'");
        }
        named.put(name, entry.getValue());
      }
    }
  }

  record Call(Expression function, Given given, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object target = function.evaluate(frame);
      Arguments arguments = given.evaluate(frame, Frame.UNKNOWN);
      return invoke(frame, target, arguments);
    }

    static Object invoke(Frame frame, Object target, Arguments arguments) {
      if (target instanceof Undefined undefined) {
        throw undefined.error();
      }
      frame.rendering().step();
      if (target instanceof FrameFunction function) {
        return function.call(frame, arguments);
      } else if (target instanceof Invocable function) {
        return function.call(arguments);
      }
      throw Errors.type("'" + Types.of(target) + "' object is not callable");
    }
  }

  record FilterCall(Expression of, Filter filter, Given given, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = of.evaluate(frame);
      frame.rendering().step();
      return filter.apply(frame.rendering(), given.evaluate(frame, value));
    }
  }

  record TestCall(Expression of, Test test, Given given, boolean negated, int line)
      implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = of.evaluate(frame);
      return test.apply(frame.rendering(), given.evaluate(frame, value)) != negated;
    }
  }
}

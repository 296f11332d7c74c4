package salt.common.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Access;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Items;
import salt.common.jinja.value.Maps;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Tuple;

/** Values, names, containers, attributes and items. */
final class Expressions {
  private Expressions() {}

  record Constant(Object value, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return value;
    }
  }

  record Name(String name, int line, int column) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = frame.find(name);
      if (value == Frame.UNKNOWN) {
        return frame.rendering().unknown(this);
      }
      return value;
    }
  }

  record ListOf(List<Expression> items, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return values(items, frame);
    }
  }

  record TupleOf(List<Expression> items, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Tuple.of(values(items, frame));
    }
  }

  private static List<Object> values(List<Expression> items, Frame frame) {
    List<Object> values = new ArrayList<>(items.size());
    for (Expression item : items) {
      values.add(item.evaluate(frame));
    }
    return values;
  }

  record MapOf(List<Expression> keys, List<Expression> values, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = keys.get(i).evaluate(frame);
        Maps.put(map, key, values.get(i).evaluate(frame));
      }
      return map;
    }
  }

  record Attribute(Expression of, String name, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Access.attribute(of.evaluate(frame), name, frame.rendering().lenient());
    }
  }

  record Item(Expression of, Expression key, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object container = of.evaluate(frame);
      return Access.item(container, key.evaluate(frame), frame.rendering().lenient());
    }
  }

  /** A slice; null for a bound that is left out. */
  record Slice(Expression of, Expression start, Expression stop, Expression step, int line)
      implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object container = of.evaluate(frame);
      return Items.slice(container, bound(start, frame), bound(stop, frame), bound(step, frame));
    }

    private static Object bound(Expression bound, Frame frame) {
      return bound == null ? null : bound.evaluate(frame);
    }
  }

  record Conditional(Expression test, Expression yes, Expression no, int line)
      implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      if (Truth.of(test.evaluate(frame))) {
        return yes.evaluate(frame);
      } else if (no != null) {
        return no.evaluate(frame);
      }
      String message =
          "the inline if-expression on line "
              + line
              + " evaluated to false and no else section was defined.";
      // Salt replaces only names that are unknown: this one is never strict.
      return frame.rendering().withoutElse(message);
    }
  }

  /** Text of all values side by side. */
  record Concatenation(List<Expression> parts, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      List<Object> values = values(parts, frame);
      StringBuilder out = new StringBuilder();
      boolean markup =
          frame.rendering().autoescape() && values.stream().anyMatch(Markup.class::isInstance);
      for (Object value : values) {
        out.append(markup ? Markup.escape(value).content() : Texts.str(value));
        frame.rendering().limits().checkText(out.length());
      }
      return markup ? new Markup(out.toString()) : out.toString();
    }
  }

  /** A filter or test that does not exist, within a condition: an error only when reached. */
  record Unavailable(Expression of, String message, int line) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      of.evaluate(frame);
      throw Errors.template(message);
    }
  }

  static void demand(Object value) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
    }
  }
}

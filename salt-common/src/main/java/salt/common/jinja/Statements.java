package salt.common.jinja;

import java.util.List;
import salt.common.jinja.filter.Filter;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Truth;

/** Text, printing, conditions, assignments and blocks. */
final class Statements {
  private Statements() {}

  /** Runs statements until one breaks off. */
  static Statement.Flow run(List<Statement> statements, Frame frame) {
    for (Statement statement : statements) {
      Statement.Flow flow = statement.run(frame);
      if (flow != Statement.Flow.NEXT) {
        return flow;
      }
    }
    return Statement.Flow.NEXT;
  }

  /** What statements write into a frame of their own. */
  static Object capture(List<Statement> statements, Frame frame) {
    Frame inner = frame.inner(new Output(frame.rendering().limits()));
    run(statements, inner);
    return text(inner);
  }

  static Object text(Frame frame) {
    String text = frame.output().toString();
    return frame.rendering().autoescape() ? new Markup(text) : text;
  }

  record Text(String text) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.output().write(text);
      return Flow.NEXT;
    }
  }

  record Print(Expression value) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(value.line());
      frame.output().write(frame.rendering().printed(value.evaluate(frame)));
      return Flow.NEXT;
    }
  }

  record Branch(Expression test, int line, List<Statement> body) {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {
    @Override
    public Flow run(Frame frame) {
      for (Branch branch : branches) {
        frame.rendering().at(branch.line());
        if (Truth.of(branch.test().evaluate(frame))) {
          return Statements.run(branch.body(), frame);
        }
      }
      return Statements.run(otherwise, frame);
    }
  }

  record Set(Target target, Expression value, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      target.assign(frame, value.evaluate(frame));
      return Flow.NEXT;
    }
  }

  /** A filter with its arguments, in a chain behind text. */
  record Chained(Filter filter, String message, Calls.Given given) {
    Object apply(Frame frame, Object value) {
      if (filter == null) {
        throw Errors.template(message);
      }
      Arguments arguments = given.evaluate(frame, value);
      return filter.apply(frame.rendering(), arguments);
    }
  }

  record SetBlock(Target target, List<Chained> filters, List<Statement> body, int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Object value = capture(body, frame);
      frame.rendering().at(line);
      for (Chained filter : filters) {
        value = filter.apply(frame, value);
      }
      target.assign(frame, value);
      return Flow.NEXT;
    }
  }

  record FilterBlock(List<Chained> filters, List<Statement> body, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Object value = capture(body, frame);
      frame.rendering().at(line);
      for (Chained filter : filters) {
        value = filter.apply(frame, value);
      }
      frame.output().write(frame.rendering().printed(value));
      return Flow.NEXT;
    }
  }

  record With(List<Target> targets, List<Expression> values, List<Statement> body, int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Frame inner = frame.inner();
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(inner, values.get(i).evaluate(frame));
      }
      return Statements.run(body, inner);
    }
  }

  record Do(Expression value, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      value.evaluate(frame);
      return Flow.NEXT;
    }
  }

  /** Statements with names of their own. */
  record Scope(List<Statement> body) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return Statements.run(body, frame.inner());
    }
  }

  record Autoescape(Expression on, List<Statement> body, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      boolean before = frame.rendering().autoescape();
      frame.rendering().autoescape(Truth.of(on.evaluate(frame)));
      try {
        return Statements.run(body, frame.inner());
      } finally {
        frame.rendering().autoescape(before);
      }
    }
  }

  record Jump(Flow flow) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return flow;
    }
  }

  record Block(String name, List<Statement> body, boolean scoped, boolean required, int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      if (frame.root().extended() == null) {
        frame.rendering().at(line);
        if (frame.root().block(name, 0).block().required()) {
          throw Errors.template("Required block '" + name + "' not found");
        }
        Blocks.write(frame, name, 0, scoped ? frame : frame.outermost());
        frame.rendering().at(line);
      }
      return Flow.NEXT;
    }
  }
}

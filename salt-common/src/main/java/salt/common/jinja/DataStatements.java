package salt.common.jinja;

import java.util.List;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Texts;

/** Salt's statements that read data, and its stopwatch. */
final class DataStatements {
  private DataStatements() {}

  private static Object read(Frame frame, String format, Object text) {
    return frame.rendering().filter(format).apply(frame.rendering(), Arguments.of(List.of(text)));
  }

  /** Data from the text within. */
  record Load(String format, Target target, List<Statement> body, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Object text = Statements.capture(body, frame);
      frame.rendering().at(line);
      target.assign(frame, read(frame, format, text));
      return Flow.NEXT;
    }
  }

  /** Data from another template. */
  record Import(String format, Expression name, String target, boolean context, int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Module module = frame.rendering().load(name.evaluate(frame)).module(frame, context);
      frame.set(target, read(frame, format, Texts.str(module)));
      return Flow.NEXT;
    }
  }

  record Profile(List<Statement> body) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return Statements.run(body, frame);
    }
  }
}

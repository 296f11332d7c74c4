package salt.common.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Tuple;

/** A loop of a template, and the {@code loop} that its body sees. */
final class Loop implements PythonObject, Invocable, Iteration.Sized {
  /** A loop as written. */
  record For(
      Target target,
      Expression items,
      Expression filter,
      List<Statement> body,
      List<Statement> otherwise,
      boolean recursive,
      int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      new Loop(this, frame, items.evaluate(frame), 0).run();
      return Flow.NEXT;
    }
  }

  private static final Object NOTHING = new Object();

  private final For loop;
  private final Frame frame;
  private final int depth;
  private final Object items;
  private Iterator<Object> iterator;
  private int index = -1;
  private int length = -1;
  private Object previous = NOTHING;
  private Object current = NOTHING;
  private Object next = NOTHING;
  private Object changed = NOTHING;

  private Loop(For loop, Frame frame, Object items, int depth) {
    this.loop = loop;
    this.frame = frame;
    this.depth = depth;
    this.items = items;
  }

  private void run() {
    Rendering rendering = frame.rendering();
    rendering.deeper();
    iterator = chosen(Iteration.iterator(items));
    if (loop.filter() == null && Iteration.sized(items)) {
      length = Iteration.length(items);
    }
    boolean finished = false;
    while (advance()) {
      rendering.step();
      Frame inner = frame.inner();
      inner.set("loop", this);
      loop.target().assign(inner, current);
      Statement.Flow flow = Statements.run(loop.body(), inner);
      rendering.at(loop.line());
      finished |= flow == Statement.Flow.NEXT;
      if (flow == Statement.Flow.BREAK) {
        break;
      }
    }
    rendering.higher();
    // Jinja counts only iterations that came to the end of the body.
    if (!finished) {
      Statements.run(loop.otherwise(), frame.inner());
    }
  }

  private boolean advance() {
    if (next == NOTHING && !iterator.hasNext()) {
      return false;
    }
    Object item = next != NOTHING ? next : iterator.next();
    next = NOTHING;
    previous = current;
    current = item;
    index++;
    return true;
  }

  /** The items that the loop's condition lets through. */
  private Iterator<Object> chosen(Iterator<Object> all) {
    if (loop.filter() == null) {
      return all;
    }
    List<Object> kept = new ArrayList<>();
    while (all.hasNext()) {
      Object item = all.next();
      frame.rendering().step();
      Frame inner = frame.inner();
      loop.target().assign(inner, item);
      if (Truth.of(loop.filter().evaluate(inner))) {
        kept.add(item);
      }
    }
    length = kept.size();
    return kept.iterator();
  }

  @Override
  public int length() {
    if (length < 0) {
      List<Object> rest = new ArrayList<>();
      if (next != NOTHING) {
        rest.add(next);
      }
      iterator.forEachRemaining(rest::add);
      next = NOTHING;
      iterator = rest.iterator();
      length = index + 1 + rest.size();
    }
    return length;
  }

  private Object peek() {
    if (next == NOTHING && iterator.hasNext()) {
      next = iterator.next();
    }
    return next;
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "index" -> (long) index + 1;
      case "index0" -> (long) index;
      case "revindex" -> (long) length() - index;
      case "revindex0" -> (long) length() - index - 1;
      case "first" -> index == 0;
      case "last" -> peek() == NOTHING;
      case "length" -> (long) length();
      case "depth" -> (long) depth + 1;
      case "depth0" -> (long) depth;
      case "previtem" -> orUndefined(previous, "there is no previous item");
      case "nextitem" -> orUndefined(peek(), "there is no next item");
      case "cycle" -> (Function) this::cycle;
      case "changed" -> (Function) this::changed;
      default -> ABSENT;
    };
  }

  /** A method of the loop. */
  private interface Function extends Invocable, PythonObject {
    @Override
    default String type() {
      return "method";
    }
  }

  private Object orUndefined(Object value, String message) {
    return value == NOTHING ? Undefined.saying(message, frame.rendering().lenient()) : value;
  }

  private Object cycle(Arguments arguments) {
    List<Object> choices = arguments.positional();
    if (choices.isEmpty()) {
      throw Errors.type("no items for cycling given");
    }
    return choices.get(index % choices.size());
  }

  private Object changed(Arguments arguments) {
    Object value = Tuple.of(arguments.positional());
    boolean same = changed != NOTHING && Comparison.equal(changed, value);
    changed = value;
    return !same;
  }

  @Override
  public Object call(Arguments arguments) {
    if (!loop.recursive()) {
      throw Errors.type("The loop must have the 'recursive' marker to be called recursively.");
    } else if (arguments.positional().size() != 1) {
      throw Errors.type("loop() takes exactly one argument");
    }
    Frame captured = frame.inner(new Output(frame.rendering().limits()));
    new Loop(loop, captured, arguments.positional().get(0), depth + 1).run();
    return Statements.text(captured);
  }

  @Override
  public String type() {
    return "LoopContext";
  }

  @Override
  public String qualifiedType() {
    return "jinja2.runtime.LoopContext";
  }

  @Override
  public String toString() {
    return "<LoopContext " + (index + 1) + "/" + length() + ">";
  }
}

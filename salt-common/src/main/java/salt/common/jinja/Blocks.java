package salt.common.jinja;

import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Undefined;

/** Running blocks: {@code self.name()}, {@code super()} and the place where a block stands. */
final class Blocks {
  private Blocks() {}

  /** Writes a block, or one that it replaces, into the output of {@code frame}. */
  static void write(Frame frame, String name, int level, Frame names) {
    Root.Block block = frame.root().block(name, level);
    Rendering rendering = frame.rendering();
    Rendering.Place before = rendering.enter(block.template(), block.block().line());
    Frame inner = names.inner(frame.output());
    inner.set("super", above(inner, name, level + 1, names));
    Statements.run(block.block().body(), inner);
    rendering.leave(before);
  }

  private static Object above(Frame frame, String name, int level, Frame names) {
    if (frame.root().block(name, level) == null) {
      return Undefined.saying(
          "there is no parent block called '" + name + "'.", frame.rendering().lenient());
    }
    return new Reference(frame, name, level, names);
  }

  /** A block as a function that gives its text. */
  record Reference(Frame frame, String name, int level, Frame names)
      implements Invocable, PythonObject {
    @Override
    public Object call(Arguments arguments) {
      Frame captured = frame.inner(new Output(frame.rendering().limits()));
      write(captured, name, level, names);
      return Statements.text(captured);
    }

    @Override
    public Object attribute(String attribute) {
      return "super".equals(attribute) ? above(frame, name, level + 1, names) : ABSENT;
    }

    @Override
    public String type() {
      return "BlockReference";
    }

    @Override
    public String qualifiedType() {
      return "jinja2.runtime.BlockReference";
    }

    @Override
    public String toString() {
      return "<BlockReference '" + name + "'>";
    }
  }

  /** What {@code self} is: all blocks by name. */
  record Self(Frame frame) implements PythonObject {
    @Override
    public Object item(Object key) {
      boolean known = key instanceof String name && frame.root().block(name, 0) != null;
      return known ? new Reference(frame, (String) key, 0, frame) : ABSENT;
    }

    @Override
    public String type() {
      return "TemplateReference";
    }

    @Override
    public String qualifiedType() {
      return "jinja2.runtime.TemplateReference";
    }

    @Override
    public String toString() {
      return "<TemplateReference None>";
    }
  }
}

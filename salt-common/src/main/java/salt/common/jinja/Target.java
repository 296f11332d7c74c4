package salt.common.jinja;

import java.util.List;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Types;

/** What a value is assigned to. */
sealed interface Target {
  void assign(Frame frame, Object value);

  /** A name in the innermost frame. */
  record Name(String name) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      frame.set(name, value);
    }
  }

  /** An attribute of a namespace. */
  record Attribute(String name, String attribute) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      if (!(frame.find(name) instanceof Namespace namespace)) {
        throw Errors.template("cannot assign attribute on non-namespace object");
      }
      namespace.set(attribute, value);
    }
  }

  /** Several, which the items of the value go to. */
  record Several(List<Target> targets) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      if (!Iteration.possible(value)) {
        throw Errors.type("cannot unpack non-iterable " + Types.of(value) + " object");
      }
      List<Object> items = Iteration.list(value);
      if (items.size() > targets.size()) {
        throw Errors.value("too many values to unpack (expected " + targets.size() + ")");
      } else if (items.size() < targets.size()) {
        throw Errors.value(
            "not enough values to unpack (expected %d, got %d)"
                .formatted(targets.size(), items.size()));
      }
      for (int i = 0; i < items.size(); i++) {
        targets.get(i).assign(frame, items.get(i));
      }
    }
  }
}

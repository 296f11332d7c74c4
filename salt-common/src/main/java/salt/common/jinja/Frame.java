package salt.common.jinja;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that a part of a template sees: its own, then those of the frames around it. */
final class Frame {
  /** What {@link #find} gives for a name that nobody set. */
  static final Object UNKNOWN = new Object();

  private final Frame parent;
  private final Map<String, Object> variables;
  private final Root root;
  private final Output output;

  private Frame(Frame parent, Map<String, Object> variables, Root root, Output output) {
    this.parent = parent;
    this.variables = variables;
    this.root = root;
    this.output = output;
  }

  /** The outermost frame of a template, over the names that it is given. */
  static Frame outermost(Root root, Frame given, Output output) {
    return new Frame(given, new LinkedHashMap<>(), root, output);
  }

  /** A frame of names that are given from outside. */
  static Frame of(Map<String, Object> variables) {
    return new Frame(null, variables, null, null);
  }

  /** A frame within this one. */
  Frame inner() {
    return new Frame(this, new HashMap<>(), root, output);
  }

  /** A frame within this one that writes elsewhere. */
  Frame inner(Output other) {
    return new Frame(this, new HashMap<>(), root, other);
  }

  /** The value of a name, or {@link #UNKNOWN}. */
  Object find(String name) {
    for (Frame frame = this; frame != null; frame = frame.parent) {
      Object value = frame.variables.get(name);
      if (value != null || frame.variables.containsKey(name)) {
        return value;
      }
    }
    if ("self".equals(name) && root != null) {
      return new Blocks.Self(outermost());
    }
    return root == null ? UNKNOWN : root.global(name);
  }

  /** The frame of the whole template that this one lies in. */
  Frame outermost() {
    Frame frame = this;
    while (frame.parent != null && frame.parent.root == root) {
      frame = frame.parent;
    }
    return frame;
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  /** The names of this frame alone. */
  Map<String, Object> own() {
    return variables;
  }

  /** All names with their values, those of outer frames first. */
  Map<String, Object> all() {
    Map<String, Object> names = parent == null ? new LinkedHashMap<>() : parent.all();
    names.putAll(variables);
    return names;
  }

  Root root() {
    return root;
  }

  Rendering rendering() {
    return root.rendering();
  }

  Output output() {
    return output;
  }
}

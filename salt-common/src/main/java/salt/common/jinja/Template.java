package salt.common.jinja;

import java.util.Map;

/** A parsed template under its name. */
record Template(String name, String path, String text, Body body, Map<String, Object> globals) {
  /** Runs it, with the names of {@code given} if that is not null, and writes into the output. */
  void run(Rendering rendering, Frame given, Output output) {
    Rendering.Place before = rendering.enter(this, 1);
    execute(rendering, given, output);
    rendering.leave(before);
  }

  private Frame execute(Rendering rendering, Frame given, Output output) {
    Root root = new Root(rendering, this);
    Frame frame = Frame.outermost(root, given, output);
    Statements.run(body.statements(), frame);
    while (root.extended() != null) {
      Template parent = root.extended();
      root.extend(null);
      output.mute(false);
      Rendering.Place before = rendering.enter(parent, 1);
      Statements.run(parent.body().statements(), frame);
      rendering.leave(before);
    }
    return frame;
  }

  /** Its names and its text, with or without the names that {@code frame} sees. */
  Module module(Frame frame, boolean context) {
    Rendering rendering = frame.rendering();
    if (!context) {
      Module known = rendering.module(this);
      if (known != null) {
        return known;
      }
    }
    Rendering.Place before = rendering.enter(this, 1);
    Output output = new Output(rendering.limits());
    Frame given = context ? Frame.of(frame.all()) : null;
    Frame done = execute(rendering, given, output);
    rendering.leave(before);
    Module module = new Module(name, output.toString(), done.own());
    if (!context) {
      rendering.keep(this, module);
    }
    return module;
  }
}

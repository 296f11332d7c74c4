package salt.common.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Undefined;
import salt.common.loader.PythonError;

/** Statements that bring in other templates. */
final class Loading {
  private Loading() {}

  record Include(Expression name, boolean ignoreMissing, boolean context, int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      Rendering rendering = frame.rendering();
      rendering.at(line);
      Object wanted = name.evaluate(frame);
      Template template;
      try {
        template = first(rendering, wanted);
      } catch (PythonError e) {
        if (ignoreMissing && e.type().endsWith("NotFound")) {
          return Flow.NEXT;
        }
        throw e;
      }
      template.run(rendering, context ? frame : null, frame.output());
      return Flow.NEXT;
    }

    private static Template first(Rendering rendering, Object wanted) {
      Expressions.demand(wanted);
      if (!(wanted instanceof List<?> names)) {
        return rendering.load(wanted);
      }
      List<String> tried = new ArrayList<>();
      for (Object each : Iteration.over(names)) {
        try {
          return rendering.load(each);
        } catch (PythonError e) {
          if (!"TemplateNotFound".equals(e.type())) {
            throw e;
          }
          tried.add(Texts.str(each));
        }
      }
      throw new PythonError(
          "TemplatesNotFound",
          tried.isEmpty()
              ? "Tried to select from an empty list of templates"
              : "none of the templates given were found: "
                  + tried.stream().collect(Collectors.joining(", ")));
    }
  }

  record Import(Expression name, String target, boolean context, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Module module = frame.rendering().load(name.evaluate(frame)).module(frame, context);
      frame.set(target, module);
      return Flow.NEXT;
    }
  }

  record Name(String name, String alias) {}

  record FromImport(Expression name, List<Name> names, boolean context, int line)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      Rendering rendering = frame.rendering();
      rendering.at(line);
      Object wanted = name.evaluate(frame);
      Template template = rendering.load(wanted);
      Module module = template.module(frame, context);
      for (Name each : names) {
        Object value = module.attribute(each.name());
        if (value == Module.ABSENT) {
          value =
              Undefined.saying(
                  "the template %s (imported on line %d) does not export the requested name %s"
                      .formatted(Texts.repr(template.name()), line, Texts.repr(each.name())),
                  rendering.lenient());
        }
        frame.set(each.alias(), value);
      }
      return Flow.NEXT;
    }
  }

  record Extends(Expression name, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      Rendering rendering = frame.rendering();
      rendering.at(line);
      if (frame.root().extended() != null) {
        throw Errors.template("extended multiple times");
      }
      Template template = rendering.load(name.evaluate(frame));
      frame.root().extend(template);
      frame.root().add(template);
      frame.output().mute(true);
      return Flow.NEXT;
    }
  }
}

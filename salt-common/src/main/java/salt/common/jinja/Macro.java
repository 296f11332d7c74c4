package salt.common.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Tuple;

/** A macro, or the body of a call block, with the names it was defined among. */
final class Macro implements Invocable, PythonObject {
  /**
   * As written.
   *
   * @param presets the default of each parameter, null for none
   * @param uses which of {@code caller}, {@code kwargs} and {@code varargs} it looks at
   */
  record Definition(
      String name,
      List<String> parameters,
      List<Expression> presets,
      List<String> uses,
      List<Statement> body,
      int line) {
    boolean uses(String special) {
      return uses.contains(special);
    }
  }

  /** A macro where it is defined. */
  record Define(Definition definition) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.set(definition.name(), new Macro(definition, frame));
      return Flow.NEXT;
    }
  }

  /** A call of a macro that is given a body. */
  record CallBlock(Calls.Call call, Definition body, int line) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.rendering().at(line);
      Object target = call.function().evaluate(frame);
      Arguments written = call.given().evaluate(frame, Frame.UNKNOWN);
      Map<String, Object> keywords = new LinkedHashMap<>(written.keywords());
      keywords.put("caller", new Macro(body, frame));
      Arguments arguments = new Arguments(written.positional(), keywords);
      Object result = Calls.Call.invoke(frame, target, arguments);
      frame.output().write(frame.rendering().printed(result));
      return Flow.NEXT;
    }
  }

  private final Definition definition;
  private final Frame around;
  private final Template template;

  private Macro(Definition definition, Frame around) {
    this.definition = definition;
    this.around = around;
    this.template = around.rendering().template();
  }

  @Override
  public Object call(Arguments arguments) {
    Rendering rendering = around.rendering();
    Rendering.Place before = rendering.enter(template, definition.line());
    Frame frame = around.inner(new Output(rendering.limits()));
    bind(frame, arguments, before);
    Statements.run(definition.body(), frame);
    rendering.leave(before);
    return Statements.text(frame);
  }

  private void bind(Frame frame, Arguments arguments, Rendering.Place caller) {
    List<String> parameters = definition.parameters();
    List<Object> positional = arguments.positional();
    Map<String, Object> keywords = new LinkedHashMap<>(arguments.keywords());
    boolean[] missing = new boolean[parameters.size()];
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i);
      if (i < positional.size()) {
        frame.set(name, positional.get(i));
      } else if (keywords.containsKey(name)) {
        frame.set(name, keywords.remove(name));
      } else {
        missing[i] = true;
      }
    }
    bindSpecial(frame, positional, keywords, caller);
    for (int i = 0; i < parameters.size(); i++) {
      if (missing[i]) {
        frame.set(parameters.get(i), preset(frame, i));
      }
    }
  }

  private Object preset(Frame frame, int index) {
    Expression preset = definition.presets().get(index);
    if (preset != null) {
      return preset.evaluate(frame);
    }
    String name = definition.parameters().get(index);
    return Undefined.saying(
        "parameter " + Texts.repr(name) + " was not provided", frame.rendering().lenient());
  }

  private void bindSpecial(
      Frame frame, List<Object> positional, Map<String, Object> keywords, Rendering.Place place) {
    List<String> parameters = definition.parameters();
    if (definition.uses("caller") && !parameters.contains("caller")) {
      Object caller = keywords.remove("caller");
      frame.set("caller", caller != null ? caller : noCaller());
    }
    if (definition.uses("kwargs")) {
      frame.set("kwargs", new LinkedHashMap<Object, Object>(keywords));
    } else if (!keywords.isEmpty()) {
      String shown = Texts.repr(definition.name());
      around.rendering().leave(place);
      if (keywords.containsKey("caller")) {
        throw Errors.type(
            "macro "
                + shown
                + " was invoked with two values for the special caller argument. This is most"
                + " likely a bug.");
      }
      String first = keywords.keySet().iterator().next();
      throw Errors.type("macro " + shown + " takes no keyword argument " + Texts.repr(first));
    }
    int most = parameters.size();
    if (definition.uses("varargs")) {
      List<Object> rest = positional.subList(Math.min(most, positional.size()), positional.size());
      frame.set("varargs", Tuple.of(rest));
    } else if (positional.size() > most) {
      around.rendering().leave(place);
      throw Errors.type(
          "macro %s takes not more than %d argument(s)"
              .formatted(Texts.repr(definition.name()), most));
    }
  }

  private Object noCaller() {
    return Undefined.saying("No caller defined", around.rendering().lenient());
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "name" -> definition.name();
      case "arguments" -> Tuple.of(new ArrayList<Object>(definition.parameters()));
      case "catch_kwargs" -> definition.uses("kwargs");
      case "catch_varargs" -> definition.uses("varargs");
      case "caller" -> definition.uses("caller");
      default -> ABSENT;
    };
  }

  @Override
  public boolean guards(String name) {
    return List.of("_func", "_environment", "_default_autoescape", "_argument_count", "_invoke")
        .contains(name);
  }

  @Override
  public String type() {
    return "Macro";
  }

  @Override
  public String qualifiedType() {
    return "jinja2.runtime.Macro";
  }

  @Override
  public String toString() {
    return definition.name() == null
        ? "<Macro anonymous>"
        : "<Macro " + Texts.repr(definition.name()) + ">";
  }
}

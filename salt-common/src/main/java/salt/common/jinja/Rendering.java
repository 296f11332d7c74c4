package salt.common.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.jinja.filter.Evaluation;
import salt.common.jinja.filter.Filter;
import salt.common.jinja.filter.Filters;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Undefined;
import salt.common.loader.PythonError;

/** One run of a template: where it is, and what it has used of its limits. For one thread. */
final class Rendering implements Evaluation {
  private static final int STEPS_BETWEEN_LOOKS = 1024;

  /** Where a template calls another, to come back to. */
  record Place(Template template, int line, int depth, int calls) {}

  /** A template that called, and on which line. */
  record Caller(Template template, int line) {}

  private final Environment environment;
  private final TemplateLoader loader;
  private final Map<?, ?> options;
  private final long deadline;
  private final Map<String, Template> templates = new HashMap<>();
  private final Map<String, Module> modules = new HashMap<>();
  private Map<String, Object> given = Map.of();
  private final List<Caller> callers = new ArrayList<>();
  private Template template;
  private int line;
  private int depth;
  private int steps;
  private boolean autoescape;
  private Expressions.Name lastUnknown;

  Rendering(Environment environment, TemplateLoader loader, Map<?, ?> options) {
    this.environment = environment;
    this.loader = loader;
    this.options = options;
    this.deadline = System.nanoTime() + environment.limits().time().toNanos();
  }

  String render(TemplateLoader.Source source, Map<String, Object> variables) {
    template = new Template(source.name(), source.path(), source.text(), null, source.globals());
    line = 1;
    try {
      Template parsed = parsed(source);
      Output output = new Output(limits());
      given = new HashMap<>(variables);
      parsed.run(this, Frame.of(given), output);
      return output.toString();
    } catch (SyntaxProblem problem) {
      throw TemplateProblem.of(problem, top(), callers, template);
    } catch (PythonError error) {
      throw TemplateProblem.of(error, column(error), top(), callers, new Caller(template, line));
    } catch (UnsupportedOperationException unchangeable) {
      PythonError error = Errors.type("the value can not be changed by a template");
      throw TemplateProblem.of(error, 0, top(), callers, new Caller(template, line));
    } catch (StackOverflowError tooDeep) {
      PythonError error = new PythonError("RecursionError", "maximum recursion depth exceeded");
      throw TemplateProblem.of(error, 0, top(), callers, new Caller(template, line));
    }
  }

  private Template top() {
    return callers.isEmpty() ? template : callers.get(0).template();
  }

  private int column(PythonError error) {
    boolean here =
        lastUnknown != null
            && error.getMessage().equals(unknownMessage(lastUnknown))
            && lastUnknown.line() == line;
    return here ? lastUnknown.column() : 0;
  }

  private Template parsed(TemplateLoader.Source source) {
    Body body = environment.parse(source.text());
    return new Template(source.name(), source.path(), source.text(), body, source.globals());
  }

  /** The template of this name, seen from the one that runs. */
  Template load(Object name) {
    if (name instanceof Undefined undefined) {
      throw undefined.error();
    }
    String wanted = Texts.orNull(name);
    if (wanted == null) {
      throw Errors.attribute(name, "split");
    }
    Optional<TemplateLoader.Source> found = loader.find(wanted, template.name());
    if (found.isEmpty()) {
      throw new PythonError("TemplateNotFound", wanted);
    }
    TemplateLoader.Source source = found.get();
    Template known = templates.get(source.name());
    if (known == null) {
      Template unparsed =
          new Template(source.name(), source.path(), source.text(), null, source.globals());
      Place before = enter(unparsed, 1);
      known = parsed(source);
      leave(before);
      templates.put(source.name(), known);
    }
    return known;
  }

  Module module(Template of) {
    return modules.get(of.name());
  }

  void keep(Template of, Module module) {
    modules.put(of.name(), module);
  }

  /** Notes that the statement on this line runs. */
  void at(int statementLine) {
    line = statementLine;
    step();
  }

  /** Goes into a template, a macro or a block; gives what {@link #leave} needs. */
  Place enter(Template into, int firstLine) {
    Place before = new Place(template, line, depth, callers.size());
    deeper();
    callers.add(new Caller(template, line));
    template = into;
    line = firstLine;
    return before;
  }

  void leave(Place before) {
    template = before.template();
    line = before.line();
    depth = before.depth();
    while (callers.size() > before.calls()) {
      callers.remove(callers.size() - 1);
    }
  }

  void deeper() {
    limits().checkDepth(++depth);
  }

  void higher() {
    depth--;
  }

  @Override
  public void step() {
    if (++steps % STEPS_BETWEEN_LOOKS == 0 && System.nanoTime() - deadline > 0) {
      throw new PythonError(
          "TimeoutError",
          "the template takes longer than the "
              + limits().time().toSeconds()
              + " seconds it may take");
    }
  }

  Template template() {
    return template;
  }

  Limits limits() {
    return environment.limits();
  }

  @Override
  public boolean lenient() {
    return environment.lenient();
  }

  @Override
  public boolean autoescape() {
    return autoescape;
  }

  void autoescape(boolean on) {
    autoescape = on;
  }

  @Override
  public Filters filters() {
    return environment.filters();
  }

  @Override
  public Map<?, ?> options() {
    return options;
  }

  Filter filter(String name) {
    return environment.filters().filter(name);
  }

  /** The value of a name that templates see without context too. */
  Object global(String name) {
    Object value = given.get(name);
    return value != null || given.containsKey(name) ? value : environment.global(name);
  }

  Object unknown(Expressions.Name name) {
    lastUnknown = name;
    return Undefined.saying(unknownMessage(name), lenient());
  }

  private static String unknownMessage(Expressions.Name name) {
    return Texts.repr(name.name()) + " is undefined";
  }

  Object withoutElse(String message) {
    return Undefined.saying(message, true);
  }

  /** What is written for a value. */
  String printed(Object value) {
    Object last = environment.finalized(value);
    if (autoescape) {
      return Markup.escape(last).content();
    }
    return Texts.str(last);
  }

  Environment environment() {
    return environment;
  }
}

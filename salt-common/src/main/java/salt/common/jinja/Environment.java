package salt.common.jinja;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import salt.common.jinja.filter.Filters;
import salt.common.jinja.syntax.Delimiters;
import salt.common.jinja.syntax.Lexer;
import salt.common.jinja.syntax.SyntaxProblem;

/**
 * How templates are read and run. It can't be changed; any number of threads may use it. Parsed
 * templates are kept by their text.
 */
public final class Environment {
  private static final int MOST_KEPT = 500;

  private final Delimiters delimiters;
  private final Filters filters;
  private final boolean lenient;
  private final Limits limits;
  private final UnaryOperator<Object> finalizer;
  private final Map<String, Object> globals;
  private final Map<String, Body> parsed =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Body> eldest) {
              return size() > MOST_KEPT;
            }
          });

  /**
   * An environment.
   *
   * @param delimiters what marks the parts of a template
   * @param filters the filters and tests
   * @param lenient whether what is undefined is printed as nothing, instead of being an error
   * @param limits what a rendering may use
   * @param finalizer what is done to each value before it is printed
   */
  public Environment(
      Delimiters delimiters,
      Filters filters,
      boolean lenient,
      Limits limits,
      UnaryOperator<Object> finalizer) {
    this.delimiters = delimiters;
    this.filters = filters;
    this.lenient = lenient;
    this.limits = limits;
    this.finalizer = finalizer;
    this.globals = new HashMap<>(Globals.STANDARD);
  }

  /** Jinja as it is without Salt, but strict. */
  public static Environment standard() {
    return new Environment(
        Delimiters.STANDARD, Filters.standard(), false, Limits.STANDARD, UnaryOperator.identity());
  }

  /**
   * Renders a template.
   *
   * @param source the template
   * @param variables the names that it sees
   * @param loader finds the templates that it asks for
   * @param options the options of the daemon, for filters that look at them
   * @throws TemplateProblem when it can't be parsed or fails
   */
  public String render(
      TemplateLoader.Source source,
      Map<String, Object> variables,
      TemplateLoader loader,
      Map<?, ?> options) {
    return new Rendering(this, loader, options).render(source, variables);
  }

  /** Renders a text that needs no other templates. */
  public String render(String text, Map<String, Object> variables) {
    TemplateLoader.Source source =
        new TemplateLoader.Source("<template>", "<template>", text, Map.of());
    return render(source, variables, TemplateLoader.NONE, Map.of());
  }

  /** Parses a template, or takes it from those that were. */
  Body parse(String text) throws SyntaxProblem {
    Body body = parsed.get(text);
    if (body == null) {
      body = Parser.parse(Lexer.normalized(text, delimiters), delimiters, filters);
      parsed.put(text, body);
    }
    return body;
  }

  Filters filters() {
    return filters;
  }

  boolean lenient() {
    return lenient;
  }

  Limits limits() {
    return limits;
  }

  Object finalized(Object value) {
    return finalizer.apply(value);
  }

  /** The value of a name that all templates see, or {@link Frame#UNKNOWN}. */
  Object global(String name) {
    return globals.getOrDefault(name, Frame.UNKNOWN);
  }

  Map<String, Object> globals() {
    return globals;
  }
}

package salt.common.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import salt.common.jinja.Rendering.Caller;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;

/** A template that can't be parsed, or that failed while it ran; its message is Salt's. */
public final class TemplateProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LINES_AROUND = 5;
  private static final String MARKER = "    <======================";
  private static final Set<String> OF_TEMPLATE =
      Set.of("TemplateRuntimeError", "SecurityError", "FilterArgumentError");
  private static final Set<String> OF_SALT =
      Set.of("CommandExecutionError", "SaltInvocationError", "CommandNotFoundError");

  /** What kind of problem it is. */
  public enum Kind {
    /** The template can't be parsed. */
    SYNTAX,
    /** Something is used that is not there. */
    UNDEFINED,
    /** Anything else that went wrong while it ran. */
    RENDER
  }

  /**
   * A place in a template.
   *
   * @param template its name
   * @param line from 1
   * @param column from 1; 0 when unknown
   */
  public record Place(String template, int line, int column) {}

  private final Kind kind;
  private final String exception;
  private final int line;
  private final String shown;
  private final String pointed;
  private final transient List<Place> places;

  private TemplateProblem(Kind kind, String exception, String message, Throwable cause, Site site) {
    super(
        message
            + (site.inner() ? "\n" + site.path() + "(" + site.line() + "):\n" + site.shown() : ""),
        cause);
    this.kind = kind;
    this.exception = exception;
    this.line = site.inner() ? 0 : site.line();
    boolean plain = message.startsWith("Jinja error: ");
    this.shown = site.inner() || plain ? "" : site.shown();
    this.pointed = site.pointed();
    this.places = site.places();
  }

  /** Where it happened. */
  private record Site(
      boolean inner, String path, int line, String shown, String pointed, List<Place> places) {
    static Site of(Template template, int line, int column, Template top, List<Caller> callers) {
      List<Place> places = new ArrayList<>();
      places.add(new Place(template.name(), line, column));
      for (int i = callers.size() - 1; i > 0; i--) {
        Caller caller = callers.get(i);
        places.add(new Place(caller.template().name(), caller.line(), 0));
      }
      boolean inner = !template.name().equals(top.name());
      String shown = excerpt(template.text(), line);
      String pointed = caret(template.text(), line, column);
      return new Site(inner, template.path(), line, shown, pointed, places);
    }
  }

  static TemplateProblem of(
      SyntaxProblem problem, Template top, List<Caller> callers, Template template) {
    Site site = Site.of(template, problem.line(), problem.column(), top, callers);
    return new TemplateProblem(
        Kind.SYNTAX,
        problem.exception(),
        "Jinja syntax error: " + problem.getMessage(),
        problem,
        site);
  }

  static TemplateProblem of(
      PythonError error, int column, Template top, List<Caller> callers, Caller place) {
    Site site = Site.of(place.template(), place.line(), column, top, callers);
    String type = error.type();
    Kind kind = "UndefinedError".equals(type) ? Kind.UNDEFINED : Kind.RENDER;
    return new TemplateProblem(kind, type, start(type) + error.getMessage(), error, site);
  }

  private static String start(String type) {
    if ("UndefinedError".equals(type)) {
      return "Jinja variable ";
    } else if (OF_TEMPLATE.contains(type)) {
      return "Jinja syntax error: ";
    }
    return OF_SALT.contains(type)
        ? "Problem running salt function in Jinja template: "
        : "Jinja error: ";
  }

  /** The lines around one of a text, with Salt's mark behind it. */
  static String excerpt(String text, int line) {
    List<String> lines = PythonText.lines(text);
    int first = Math.max(1, line - LINES_AROUND);
    int last = Math.min(lines.size(), line + LINES_AROUND);
    StringBuilder out = new StringBuilder("---\n");
    out.append(first > 1 ? "[...]\n" : "");
    for (int i = first; i <= last; i++) {
      out.append(lines.get(i - 1)).append(i == line ? MARKER : "").append('\n');
    }
    return out.append(last < lines.size() ? "[...]\n" : "").append("---").toString();
  }

  private static String caret(String text, int line, int column) {
    List<String> lines = PythonText.lines(text);
    if (line < 1 || line > lines.size()) {
      return "";
    }
    String shown = lines.get(line - 1);
    if (column == 0) {
      return shown;
    }
    int end = Math.min(column - 1, shown.length());
    String before = shown.substring(0, end).replaceAll("[^\t]", " ");
    return shown + "\n" + before + "^";
  }

  /** What kind of problem it is. */
  public Kind kind() {
    return kind;
  }

  /** The name of Python's exception. */
  public String exception() {
    return exception;
  }

  /** The line in the template itself; 0 when it happened in one that was brought in. */
  public int line() {
    return line;
  }

  /**
   * The part of the template that Salt shows behind the message, with a mark at the line; empty
   * where Salt shows none.
   */
  public String shown() {
    return shown;
  }

  /** The line where it happened, and below it a caret at the column if that is known. */
  public String pointed() {
    return pointed;
  }

  /** Where it happened, then who included, imported or called that, the innermost first. */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /** The message as Salt reports it: with the line, and the part of the template. */
  public String report() {
    String at = line > 0 ? "; line " + line : "";
    return getMessage() + at + (shown.isEmpty() ? "" : "\n\n" + shown);
  }

  /** The report, followed by place, caret and the chain of templates. */
  public String details() {
    StringBuilder out = new StringBuilder(report());
    String how = "\n  in ";
    for (Place place : places) {
      out.append(how).append(place.template()).append(", line ").append(place.line());
      out.append(place.column() > 0 ? ", column " + place.column() : "");
      if (how.startsWith("\n  in") && !pointed.isEmpty()) {
        out.append(":\n    ").append(pointed.replace("\n", "\n    "));
      }
      how = "\n  from ";
    }
    return out.toString();
  }
}

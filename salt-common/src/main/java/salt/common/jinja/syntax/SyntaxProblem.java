package salt.common.jinja.syntax;

/** A template that can't be parsed. */
public final class SyntaxProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final boolean assertion;

  /**
   * A problem at a place.
   *
   * @param message what is wrong, in Jinja's words
   * @param line from 1
   * @param column from 1; 0 when unknown
   * @param assertion whether it is well-formed but can't mean anything: a {@code
   *     TemplateAssertionError}
   */
  public SyntaxProblem(String message, int line, int column, boolean assertion) {
    super(message);
    this.line = line;
    this.column = column;
    this.assertion = assertion;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1; 0 when unknown. */
  public int column() {
    return column;
  }

  /** The name of Jinja's exception. */
  public String exception() {
    return assertion ? "TemplateAssertionError" : "TemplateSyntaxError";
  }
}

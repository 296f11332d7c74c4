package salt.common.jinja.syntax;

/**
 * What marks the parts of a template, and what happens to the blanks around them; the words are
 * those of Jinja's environment.
 *
 * @param blockStart what opens a statement
 * @param blockEnd what closes it
 * @param variableStart what opens an expression to print
 * @param variableEnd what closes it
 * @param commentStart what opens a comment
 * @param commentEnd what closes it
 * @param linePrefix what makes a line a statement; null for nothing
 * @param lineCommentPrefix what makes the rest of a line a comment; null for nothing
 * @param trimBlocks whether the end of line behind a statement is dropped
 * @param stripBlocks whether blanks before a statement at the start of a line are dropped
 * @param newline what ends a line of the result
 * @param keepTrailingNewline whether the last end of line stays
 */
public record Delimiters(
    String blockStart,
    String blockEnd,
    String variableStart,
    String variableEnd,
    String commentStart,
    String commentEnd,
    String linePrefix,
    String lineCommentPrefix,
    boolean trimBlocks,
    boolean stripBlocks,
    String newline,
    boolean keepTrailingNewline) {
  /** Jinja's own. */
  public static final Delimiters STANDARD =
      new Delimiters("{%", "%}", "{{", "}}", "{#", "#}", null, null, false, false, "\n", false);
}

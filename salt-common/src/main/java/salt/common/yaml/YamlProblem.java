package salt.common.yaml;

/** Text that is not YAML, or not as Salt allows it. */
public final class YamlProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * A problem at a place.
   *
   * @param message what is wrong, in one sentence, without the place
   * @param line from 1; 0 when unknown
   * @param column from 1; 0 when unknown
   */
  public YamlProblem(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** The line, from 1; 0 when unknown. */
  public int line() {
    return line;
  }

  /** The column, from 1; 0 when unknown. */
  public int column() {
    return column;
  }
}

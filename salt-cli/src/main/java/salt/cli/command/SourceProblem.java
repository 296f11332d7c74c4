package salt.cli.command;

/** A file cannot be copied. */
final class SourceProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  SourceProblem(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the program ends with. */
  int exitCode() {
    return exitCode;
  }
}

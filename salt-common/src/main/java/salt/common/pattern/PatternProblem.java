package salt.common.pattern;

/** A pattern that Python's {@code re} would refuse, or whose matching takes too long. */
public final class PatternProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, for a bad pattern in the words of Python's {@code re.error}. */
  public PatternProblem(String message) {
    super(message);
  }

  /** As above, with the failure of the library that noticed. */
  public PatternProblem(String message, Throwable cause) {
    super(message, cause);
  }
}

package salt.common.target;

/** A target that cannot be used: of a type that does not exist, or broken; the message says how. */
public final class TargetProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is wrong with the target. */
  public TargetProblem(String message) {
    super(message);
  }

  /** As above, with the reason. */
  public TargetProblem(String message, Throwable cause) {
    super(message, cause);
  }
}

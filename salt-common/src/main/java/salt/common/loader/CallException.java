package salt.common.loader;

/** A call that failed in a way its caller is to read: Salt's {@code SaltException} family. */
public final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is: it decides the words around the message. */
  public enum Kind {
    /** There is no such function: {@code 'x.y' is not available.} */
    NOT_AVAILABLE,
    /** Too many, too few, unknown: {@code Passed invalid arguments to x.y: …} (a TypeError). */
    INVALID_ARGUMENTS,
    /** Keyword arguments the function does not take: {@code ERROR executing 'x.y': …}. */
    UNKNOWN_KEYWORDS,
    /** A value the function can't take: {@code ERROR executing 'x.y': …} (SaltInvocationError). */
    INVOCATION,
    /** Something that failed to run: {@code ERROR: …} (CommandExecutionError). */
    EXECUTION,
    /** {@code Command required for 'x.y' not found: …} (CommandNotFoundError). */
    COMMAND_NOT_FOUND
  }

  private final Kind kind;

  /** A failure of {@code kind} with the message that the caller reads. */
  public CallException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** As above, with what is behind it. */
  public CallException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of failure it is. */
  public Kind kind() {
    return kind;
  }
}

package salt.common.payload;

/** Bytes or a map from outside that do not have the form they must have; the message says how. */
public final class MalformedPayload extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Reports what was expected and what came, in one sentence. */
  public MalformedPayload(String message) {
    super(message);
  }

  /** As above, with the failure of the library that noticed. */
  public MalformedPayload(String message, Throwable cause) {
    super(message, cause);
  }
}

package salt.common.crypto;

/** A cryptographic step failed; the reason says which kind of failure it was. */
public final class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller acts differently on it. */
  public enum Reason {
    /** The bytes were not made with this key, or were changed on their way. */
    NOT_AUTHENTIC,
    /** The answer belongs to another request. */
    WRONG_NONCE,
    /** What was inside is not what it must be. */
    MALFORMED,
    /** The key itself can't be read, written or used. */
    BAD_KEY
  }

  private final Reason reason;

  /** Says in one sentence what failed. */
  public CryptoException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** As above, with the failure below. */
  public CryptoException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The kind of failure. */
  public Reason reason() {
    return reason;
  }
}

package salt.common.transport;

/** Bytes could not be moved: an address in use, no reply in time, a socket closed. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was tried, where, and why it failed. */
  public TransportException(String message) {
    super(message);
  }

  /** As above, with the failure below. */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}

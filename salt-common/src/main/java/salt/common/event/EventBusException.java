package salt.common.event;

/** An event bus cannot be opened, reached or understood; the message names the socket. */
public final class EventBusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was tried, where, and why it failed. */
  public EventBusException(String message) {
    super(message);
  }

  /** As above, with the failure below. */
  public EventBusException(String message, Throwable cause) {
    super(message, cause);
  }
}

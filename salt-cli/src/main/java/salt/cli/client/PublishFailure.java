package salt.cli.client;

import java.util.Optional;

/** A job was not published. The message is what real Salt says then. */
public final class PublishFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean nobody;
  private final transient Optional<String> cause;

  private PublishFailure(String message, boolean nobody, Optional<String> cause, Throwable below) {
    super(message, below);
    this.nobody = nobody;
    this.cause = cause;
  }

  static PublishFailure of(String message) {
    return new PublishFailure(message, false, Optional.empty(), null);
  }

  static PublishFailure of(String message, String cause, Throwable below) {
    return new PublishFailure(message, false, Optional.of(cause), below);
  }

  static PublishFailure nobody(Optional<String> cause) {
    return new PublishFailure(
        "No minions matched the target. No command was sent, no jid was assigned.",
        true,
        cause,
        null);
  }

  /** Whether nothing was wrong, but no minion matched. */
  public boolean matchedNobody() {
    return nobody;
  }

  /** What is probably wrong and what to do, in a sentence; real Salt does not say it. */
  public Optional<String> probableCause() {
    return cause;
  }
}

package salt.common.channel;

import java.util.Optional;

/** The other side answered, but not with what can be used; the message says why. */
public final class ChannelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SignInResult signIn;

  /** Says in one sentence what was wrong with the answer. */
  public ChannelException(String message) {
    super(message);
    this.signIn = null;
  }

  /** As above, with the failure below. */
  public ChannelException(String message, Throwable cause) {
    super(message, cause);
    this.signIn = null;
  }

  ChannelException(SignInResult signIn) {
    super("not signed in at the master: " + signIn.describe());
    this.signIn = signIn;
  }

  /** How signing in ended, when that is why nothing could be asked. */
  public Optional<SignInResult> signIn() {
    return Optional.ofNullable(signIn);
  }
}

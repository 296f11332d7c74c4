package salt.common.channel;

import salt.common.crypto.RsaPublicKey;

/** What a master decided about a minion that asked to sign in. */
public sealed interface AuthOutcome {
  /**
   * The minion is accepted.
   *
   * @param minionKey the key under which it is accepted, for which the reply is encrypted
   */
  record Accepted(RsaPublicKey minionKey) implements AuthOutcome {}

  /** The minion is not accepted, for the time being or at all. */
  enum NotAccepted implements AuthOutcome {
    /** Somebody has to accept its key. */
    PENDING,
    /** Its key was rejected, its id can't be one, or something failed. */
    REJECTED,
    /** Another key is known under its id. */
    DENIED,
    /** {@code max_minions} is reached. */
    FULL;

    /** {@code ret} of the reply. */
    Object ret() {
      return switch (this) {
        case PENDING -> true;
        case REJECTED, DENIED -> false;
        case FULL -> "full";
      };
    }
  }
}

package salt.common.channel;

import java.util.Optional;
import salt.common.crypto.Crypticle;
import salt.common.crypto.RsaPublicKey;

/** How an attempt to sign in at a master ended. */
public sealed interface SignInResult {
  /**
   * The master accepts this minion, and is the master it must be.
   *
   * @param aes the key of publications, and of requests below protocol 3
   * @param session the key of this minion's requests; nothing from masters before 3006.12
   * @param publishPort the port that the master reports for publications
   * @param masterKey the master's key as it is stored now
   */
  record Accepted(
      Crypticle aes, Optional<Crypticle> session, int publishPort, RsaPublicKey masterKey)
      implements SignInResult {}

  /** The minion's key waits for somebody to accept it. */
  record Pending() implements SignInResult {}

  /** The master rejected or denied this minion's key. */
  record Rejected() implements SignInResult {}

  /** The master has as many minions as it may ({@code max_minions}). */
  record Full() implements SignInResult {}

  /**
   * The answer must not be trusted, or makes no sense.
   *
   * @param why which of the checks failed
   * @param reason for the log
   */
  record Refused(Why why, String reason) implements SignInResult {}

  /** The checks of a master's answer. */
  enum Why {
    /** The answer is not in the form it must have. */
    NOT_UNDERSTOOD,
    /** The master does not offer the algorithm that was asked for. */
    ALGORITHM,
    /** The master's key is another than the stored one. */
    MASTER_KEY_CHANGED,
    /** The signature of the master's key is missing, unwanted or wrong. */
    PUBLIC_KEY_SIGNATURE,
    /** The master did not prove that it owns its key. */
    INVALID_MASTER_KEY,
    /** The signature of the answer is wrong. */
    BAD_SIGNATURE,
    /** The answer belongs to another request. */
    BAD_NONCE,
    /** The master's key does not have {@code master_finger}; Salt's minion ends with status 42. */
    FINGERPRINT
  }

  /** The outcome in words, for logs. */
  default String describe() {
    if (this instanceof Accepted) {
      return "the minion is accepted";
    } else if (this instanceof Pending) {
      return "the minion's key waits to be accepted";
    } else if (this instanceof Rejected) {
      return "the master rejected the minion's key";
    } else if (this instanceof Full) {
      return "the master has as many minions as it may have";
    }
    return ((Refused) this).reason();
  }
}

package salt.master.key;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.Keyring;
import salt.common.channel.MessageSignature;
import salt.common.channel.MessageSignature.Found;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;

/**
 * The signatures that minions put under their returns ({@code minion_sign_messages} there): {@code
 * require_minion_sign_messages} refuses a return without one, {@code drop_messages_signature_fail}
 * one with a wrong one. Both off, a wrong one is only logged, as in Salt.
 *
 * <p>The algorithm is {@code signing_algorithm}. Salt 3006.28 has no default for it on a master and
 * fails there with every signed return; here it is that of the minions.
 */
public final class SignedMessages {
  private static final Logger log = LoggerFactory.getLogger(SignedMessages.class);

  private final boolean required;
  private final boolean droppedWhenWrong;
  private final SigningAlgorithm algorithm;
  private final Keyring minions;

  /**
   * Checks by the options named above.
   *
   * @param minions the accepted keys
   * @throws ConfigException when there is no such {@code signing_algorithm}
   */
  public SignedMessages(Options options, Keyring minions) {
    this.required = options.flag("require_minion_sign_messages");
    this.droppedWhenWrong = options.flag("drop_messages_signature_fail");
    String name = options.text("signing_algorithm", SigningAlgorithm.PKCS1V15_SHA1.wireName());
    this.algorithm =
        SigningAlgorithm.named(name)
            .orElseThrow(() -> new ConfigException("signing_algorithm: there is no " + name));
    this.minions = minions;
  }

  /**
   * Whether a load may be used; says in the log why not.
   *
   * @param id whose load it is: a valid id
   * @param load as it was received, without what the channel takes out
   */
  public boolean admits(String id, Map<?, ?> load) {
    return switch (look(id, load)) {
      case GOOD -> true;
      case NONE -> {
        if (required) {
          log.error(
              "a return of minion {} is refused: it has no signature, which"
                  + " require_minion_sign_messages asks for",
              id);
        }
        yield !required;
      }
      case BAD -> {
        if (droppedWhenWrong) {
          log.error(
              "a return of minion {} is dropped (drop_messages_signature_fail): its signature is"
                  + " wrong",
              id);
        } else {
          log.warn(
              "the signature of a return of minion {} is wrong; the return is taken, as"
                  + " drop_messages_signature_fail is off",
              id);
        }
        yield !droppedWhenWrong;
      }
    };
  }

  private Found look(String id, Map<?, ?> load) {
    if (!load.containsKey("sig")) {
      return Found.NONE;
    }
    Optional<RsaPublicKey> key = minions.accepted(id);
    return key.isPresent() ? MessageSignature.check(load, key.get(), algorithm) : Found.BAD;
  }
}

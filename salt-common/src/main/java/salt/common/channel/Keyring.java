package salt.common.channel;

import java.util.Optional;
import salt.common.config.MinionId;
import salt.common.crypto.RsaPublicKey;

/** The master's view on the keys of minions. Used by many threads at once. */
@FunctionalInterface
public interface Keyring {
  /**
   * The key accepted for a minion.
   *
   * @param id a valid id, see {@link MinionId#isValid}
   * @return nothing when none is accepted, or the file is no key
   */
  Optional<RsaPublicKey> accepted(String id);
}

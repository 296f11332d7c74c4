package salt.common.channel;

/**
 * All keys that a master's requests meet.
 *
 * @param identity the master's own
 * @param aes the one shared by all minions
 * @param sessions those shared with one minion each
 * @param minions the public keys of accepted minions
 */
public record MasterKeys(
    MasterIdentity identity, AesKeys aes, SessionKeys sessions, Keyring minions) {}

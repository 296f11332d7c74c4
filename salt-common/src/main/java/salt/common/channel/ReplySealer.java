package salt.common.channel;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import salt.common.crypto.Crypticle;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;

/** Seals the answer to one request with the key that the request came under. */
public final class ReplySealer {
  private final Crypticle key;
  private final String nonce;
  private final Terms terms;
  private final MasterIdentity identity;

  ReplySealer(Crypticle key, String nonce, Terms terms, MasterIdentity identity) {
    this.key = key;
    this.nonce = nonce;
    this.terms = terms;
    this.identity = identity;
  }

  /** What the request's envelope asked for. */
  record Terms(int version, EncryptionAlgorithm encryption, SigningAlgorithm signing) {}

  /** The body that carries {@code result}, which may be any value. */
  public byte[] seal(Object result) {
    return MessagePack.NETWORK.pack(Bytes.wrap(key.seal(result, nonce)));
  }

  /**
   * The body that carries a pillar: under a key of its own, encrypted for the minion, and from
   * version 2 on signed by the master.
   *
   * @param pillar the pillar; {@code false} becomes an empty map
   * @param minionKey the accepted key of the minion; without one the answer is an error
   */
  public byte[] sealPillar(Object pillar, Optional<RsaPublicKey> minionKey) {
    if (minionKey.isEmpty()) {
      return MessagePack.NETWORK.pack(Map.of("error", "AES key not found"));
    } else if (terms.version() > 1 && nonce.isEmpty()) {
      return MessagePack.NETWORK.pack(Map.of("error", "Nonce not included in request"));
    }
    Crypticle once = Crypticle.generate(new SecureRandom());
    byte[] keyString = once.keyString().getBytes(StandardCharsets.US_ASCII);
    Bytes sealedKey = Bytes.wrap(minionKey.get().encrypt(keyString, terms.encryption()));
    Object content = Boolean.FALSE.equals(pillar) ? Map.of() : pillar;
    if (terms.version() > 1) {
      content = signed(sealedKey, content);
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("key", sealedKey);
    reply.put("pillar", Bytes.wrap(once.seal(content)));
    return MessagePack.NETWORK.pack(reply);
  }

  private Map<String, Object> signed(Bytes sealedKey, Object pillar) {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("key", sealedKey);
    inner.put("pillar", pillar);
    inner.put("nonce", nonce);
    byte[] data = MessagePack.NETWORK.pack(inner);
    Map<String, Object> signed = new LinkedHashMap<>();
    signed.put("data", Bytes.wrap(data));
    signed.put("sig", Bytes.wrap(identity.key().sign(data, terms.signing())));
    return signed;
  }
}

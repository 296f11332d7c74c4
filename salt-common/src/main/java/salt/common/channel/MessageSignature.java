package salt.common.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;

/**
 * The signature of a minion under its own messages ({@code minion_sign_messages}): over the load in
 * the bin profile, in its order, without what the channel takes out before a handler sees it.
 *
 * <p>The master signs again what it read. Binary that happens to be UTF-8 was read as text, so such
 * a load fails; Salt has the same limit.
 */
public final class MessageSignature {
  private static final List<String> NOT_SIGNED = List.of("sig", "nonce", "tok");

  private MessageSignature() {}

  /** What a master finds in a load. */
  public enum Found {
    /** There is no {@code sig}. */
    NONE,
    /** The minion's own. */
    GOOD,
    /** Not the minion's, or not over this load. */
    BAD
  }

  /** The value of {@code sig} for a load that is complete but for it. */
  public static Bytes sign(Map<?, ?> load, RsaPrivateKey minionKey, SigningAlgorithm algorithm) {
    return Bytes.wrap(minionKey.sign(content(load), algorithm));
  }

  /**
   * Checks the signature of a load that was received.
   *
   * @param algorithm {@code signing_algorithm} of the master
   */
  public static Found check(Map<?, ?> load, RsaPublicKey minionKey, SigningAlgorithm algorithm) {
    Object signature = load.get("sig");
    if (!load.containsKey("sig")) {
      return Found.NONE;
    } else if (!(signature instanceof Bytes || signature instanceof String)) {
      return Found.BAD;
    }
    Optional<Bytes> bytes = Fields.of("load", load).optionalBytes("sig");
    return minionKey.verifies(content(load), bytes.orElseThrow().toArray(), algorithm)
        ? Found.GOOD
        : Found.BAD;
  }

  private static byte[] content(Map<?, ?> load) {
    Map<Object, Object> signed = new LinkedHashMap<>(load);
    NOT_SIGNED.forEach(signed::remove);
    return MessagePack.BIN.pack(signed);
  }
}

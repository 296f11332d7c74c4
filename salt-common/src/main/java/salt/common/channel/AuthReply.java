package salt.common.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.MinionId;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;

/** Builds the answers to {@code _auth}. */
final class AuthReply {
  private static final Logger LOG = LoggerFactory.getLogger(AuthReply.class);

  private final ServerSettings settings;
  private final MasterKeys keys;

  /** The costly proof of the current AES key: the same for every minion. */
  private volatile Proof proof = new Proof("", Bytes.utf8(""));

  AuthReply(ServerSettings settings, MasterKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  Map<String, Object> to(Opened.Auth request, AuthOutcome outcome) {
    Fields load = Fields.of("_auth", request.load());
    Optional<SigningAlgorithm> signing =
        SigningAlgorithm.named(load.text("sig_algo", SigningAlgorithm.PKCS1V15_SHA1.wireName()));
    Optional<EncryptionAlgorithm> encryption =
        EncryptionAlgorithm.named(load.text("enc_algo", EncryptionAlgorithm.OAEP_SHA1.wireName()));
    if (signing.isEmpty()) {
      return clear("bad sig algo");
    }
    Object ret;
    if (outcome instanceof AuthOutcome.Accepted accepted) {
      if (encryption.isEmpty()) {
        return clear("bad enc algo");
      }
      try {
        Map<String, Object> reply =
            accepted(request, accepted.minionKey(), encryption.get(), signing.get());
        return request.version() > 1 ? signed(load, reply, signing.get()) : reply;
      } catch (CryptoException e) {
        LOG.warn(
            "The key of minion {} can't be used: {}", MinionId.shown(request.id()), e.getMessage());
        ret = false;
      }
    } else {
      ret = ((AuthOutcome.NotAccepted) outcome).ret();
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("ret", ret);
    return request.version() > 1 ? signed(load, reply, signing.get()) : clear(ret);
  }

  private Map<String, Object> accepted(
      Opened.Auth request,
      RsaPublicKey minionKey,
      EncryptionAlgorithm encryption,
      SigningAlgorithm signing) {
    MasterIdentity identity = keys.identity();
    Crypticle aes = keys.aes().current();
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("enc", "pub");
    reply.put("pub_key", identity.publicText());
    reply.put("publish_port", settings.publishPort());
    identity
        .voucher()
        .of(identity.publicText(), signing)
        .ifPresent(signature -> reply.put("pub_sig", signature));
    token(request, encryption)
        .ifPresent(token -> reply.put("token", Bytes.wrap(minionKey.encrypt(token, encryption))));
    reply.put("aes", encrypted(aes, minionKey, encryption));
    reply.put("session", encrypted(keys.sessions().of(request.id()), minionKey, encryption));
    reply.put("sig", proof(aes).signature());
    return reply;
  }

  private record Proof(String keyString, Bytes signature) {}

  private Proof proof(Crypticle aes) {
    Proof known = proof;
    if (!known.keyString().equals(aes.keyString())) {
      byte[] signature = keys.identity().key().privateEncrypt(digest(aes.keyString()));
      known = new Proof(aes.keyString(), Bytes.wrap(signature));
      proof = known;
    }
    return known;
  }

  /** The minion's token, to be sent back as proof that we own the key it was encrypted for. */
  private Optional<byte[]> token(Opened.Auth request, EncryptionAlgorithm encryption) {
    Optional<Bytes> token = Fields.of("_auth", request.load()).optionalBytes("token");
    try {
      return token.map(bytes -> keys.identity().key().decrypt(bytes.toArray(), encryption));
    } catch (CryptoException e) {
      LOG.warn(
          "The token of minion {} was encrypted for another master: {}",
          MinionId.shown(request.id()),
          e.getMessage());
      return Optional.empty();
    }
  }

  private Map<String, Object> signed(
      Fields load, Map<String, Object> reply, SigningAlgorithm signing) {
    reply.put("nonce", load.text("nonce"));
    byte[] content = MessagePack.NETWORK.pack(reply);
    return Envelope.signed(content, keys.identity().key().sign(content, signing));
  }

  private static Map<String, Object> clear(Object ret) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("enc", Envelope.CLEAR);
    reply.put("load", Map.of("ret", ret));
    return reply;
  }

  private static Bytes encrypted(
      Crypticle key, RsaPublicKey minionKey, EncryptionAlgorithm encryption) {
    byte[] keyString = key.keyString().getBytes(StandardCharsets.US_ASCII);
    return Bytes.wrap(minionKey.encrypt(keyString, encryption));
  }

  /** What the inner signature of an auth reply is over: the hash of the AES key, spelt out. */
  static byte[] digest(String keyString) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(keyString.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

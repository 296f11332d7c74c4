package salt.common.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static salt.common.channel.SignInResult.Why.ALGORITHM;
import static salt.common.channel.SignInResult.Why.BAD_NONCE;
import static salt.common.channel.SignInResult.Why.BAD_SIGNATURE;
import static salt.common.channel.SignInResult.Why.FINGERPRINT;
import static salt.common.channel.SignInResult.Why.INVALID_MASTER_KEY;
import static salt.common.channel.SignInResult.Why.MASTER_KEY_CHANGED;
import static salt.common.channel.SignInResult.Why.NOT_UNDERSTOOD;
import static salt.common.channel.SignInResult.Why.PUBLIC_KEY_SIGNATURE;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.crypto.KeyFiles;
import salt.common.crypto.RsaPublicKey;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;

/** The checks of one answer to signing in, in Salt's order. */
final class SignInReply {
  private final SignIn signIn;
  private final SignInSettings settings;
  private final SignIn.Request request;
  private final String token;

  SignInReply(SignIn signIn, SignIn.Request request, String token) {
    this.signIn = signIn;
    this.settings = signIn.settings();
    this.request = request;
    this.token = token;
  }

  SignInResult read(byte[] reply) {
    if (!(MessagePack.unpack(reply) instanceof Map<?, ?> map) || !map.containsKey("load")) {
      throw new Refusal(NOT_UNDERSTOOD, "the master's answer to signing in has no load");
    }
    refuseUnsigned(map);
    Fields outer = Fields.of("answer to _auth", map);
    byte[] content = outer.bytes("load").toArray();
    byte[] signature = outer.bytes("sig").toArray();
    Fields answer = Fields.of("answer to _auth", MessagePack.unpackMap(content));

    Optional<RsaPublicKey> stored = signIn.masterKey();
    Optional<Trusted> trusted =
        answer.has("pub_key") ? Optional.of(trust(answer, stored)) : Optional.empty();
    Optional<Keys> keys = trusted.map(master -> keys(answer, master));
    Optional<RsaPublicKey> signer = trusted.map(Trusted::key).or(() -> stored);
    if (signer.isPresent() && !signer.get().verifies(content, signature, settings.signing())) {
      throw new Refusal(BAD_SIGNATURE, "the signature of the master's answer is wrong");
    }
    if (!answer.text("nonce").equals(request.nonce())) {
      throw new Refusal(BAD_NONCE, "the master's answer belongs to another request");
    }
    if (answer.has("ret")) {
      return notAccepted(answer.any("ret"));
    } else if (keys.isEmpty()) {
      throw new Refusal(NOT_UNDERSTOOD, "the master's answer has neither a key nor an outcome");
    }
    return accepted(answer, keys.get(), trusted.get());
  }

  /** Masters refuse algorithms without a signature; nothing else may come unsigned. */
  private static void refuseUnsigned(Map<?, ?> outer) {
    if (outer.get("load") instanceof Map<?, ?> load) {
      Object ret = load.get("ret");
      if ("bad enc algo".equals(ret) || "bad sig algo".equals(ret)) {
        throw new Refusal(ALGORITHM, "the master does not offer the algorithm: " + ret);
      }
      throw new Refusal(NOT_UNDERSTOOD, "the master's answer to signing in is not signed");
    }
  }

  private static SignInResult notAccepted(Object ret) {
    if ("full".equals(ret)) {
      return new SignInResult.Full();
    } else if (Boolean.TRUE.equals(ret)) {
      return new SignInResult.Pending();
    } else if (Boolean.FALSE.equals(ret)) {
      return new SignInResult.Rejected();
    }
    throw new Refusal(NOT_UNDERSTOOD, "the master's answer has an unknown outcome");
  }

  private SignInResult accepted(Fields answer, Keys keys, Trusted master) {
    String finger = settings.masterProof().finger();
    String found = master.key().fingerprint(settings.masterProof().hashType());
    if (!finger.isEmpty() && !finger.strip().toLowerCase(Locale.ROOT).equals(found)) {
      throw new Refusal(
          FINGERPRINT,
          "master_finger is " + finger + ", but the master's key has the fingerprint " + found);
    }
    long port = answer.integer("publish_port", 0);
    if (port < 1 || port > 65535) {
      throw new Refusal(NOT_UNDERSTOOD, "the master reports the publish port " + port);
    }
    if (master.store()) {
      Path file = settings.pkiDir().resolve(settings.masterKeyFile());
      KeyFiles.writePublic(file, master.key().text());
    }
    return new SignInResult.Accepted(keys.aes(), keys.session(), (int) port, master.key());
  }

  /**
   * Decides whether the key that the master shows is the one to trust.
   *
   * @param key the key by which the answer has to be proved
   * @param store whether it is to be stored once it is
   * @param answersToken whether the master must have decrypted our token
   */
  private record Trusted(RsaPublicKey key, boolean store, boolean answersToken) {}

  private Trusted trust(Fields answer, Optional<RsaPublicKey> stored) {
    RsaPublicKey shown = RsaPublicKey.parse(RsaPublicKey.clean(answer.text("pub_key")));
    SignInSettings.MasterProof proof = settings.masterProof();
    if (answer.has("pub_sig") != proof.verifySignature()) {
      throw new Refusal(
          PUBLIC_KEY_SIGNATURE,
          proof.verifySignature()
              ? "the master does not sign its public key, but verify_master_pubkey_sign is on"
              : "the master signs its public key, but verify_master_pubkey_sign is off");
    }
    boolean bound = stored.isPresent() && request.withToken() && !settings.openMode();
    boolean same = bound && stored.get().hasText(shown.text());
    if (bound && !same && !proof.verifySignature()) {
      throw new Refusal(
          MASTER_KEY_CHANGED,
          "the master's key is another than the one in "
              + settings.pkiDir().resolve(settings.masterKeyFile())
              + ": the master may be an impostor");
    }
    if (same ? proof.alwaysVerify() : proof.verifySignature()) {
      verifyPublicKey(answer);
    }
    if (same) {
      return new Trusted(stored.get(), false, true);
    } else if (proof.verifySignature() || stored.isEmpty()) {
      return new Trusted(shown, true, false);
    }
    return new Trusted(stored.get(), false, false);
  }

  private void verifyPublicKey(Fields answer) {
    Path file = settings.pkiDir().resolve(settings.masterProof().signKeyName() + ".pub");
    RsaPublicKey signKey;
    try {
      signKey = RsaPublicKey.read(file);
    } catch (CryptoException e) {
      throw new Refusal(
          PUBLIC_KEY_SIGNATURE,
          "the master's public key can't be verified: "
              + e.getMessage()
              + " (copy it there from the master)");
    }
    byte[] signature;
    try {
      signature = Base64.getMimeDecoder().decode(answer.text("pub_sig", "").strip());
    } catch (IllegalArgumentException e) {
      throw new Refusal(PUBLIC_KEY_SIGNATURE, "the signature of the master's key is not base64");
    }
    byte[] signed = answer.text("pub_key").getBytes(UTF_8);
    if (!signKey.verifies(signed, signature, settings.signing())) {
      throw new Refusal(
          PUBLIC_KEY_SIGNATURE, "the signature of the master's key does not verify by " + file);
    }
  }

  private record Keys(Crypticle aes, Optional<Crypticle> session) {}

  /** Decrypts the keys, and has the master prove that it made the first. */
  private Keys keys(Fields answer, Trusted master) {
    try {
      String aes = new String(decrypted(answer.bytes("aes")), US_ASCII);
      byte[] digest = master.key().recover(answer.bytes("sig").toArray());
      if (!MessageDigest.isEqual(digest, AuthReply.digest(aes))) {
        throw new Refusal(INVALID_MASTER_KEY, "the master's signature is over another AES key");
      }
      if (master.answersToken()
          && !MessageDigest.isEqual(decrypted(answer.bytes("token")), token.getBytes(US_ASCII))) {
        throw new Refusal(INVALID_MASTER_KEY, "the master sent back another token");
      }
      Optional<Crypticle> session =
          answer
              .optionalBytes("session")
              .map(bytes -> Crypticle.of(new String(decrypted(bytes), US_ASCII)));
      return new Keys(Crypticle.of(aes), session);
    } catch (CryptoException e) {
      throw new Refusal(
          INVALID_MASTER_KEY, "the master did not prove that it owns its key: " + e.getMessage());
    }
  }

  private byte[] decrypted(Bytes bytes) {
    return signIn.key().decrypt(bytes.toArray(), settings.encryption());
  }

  /** A check failed. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SignInResult.Why why;

    Refusal(SignInResult.Why why, String message) {
      super(message, null, false, false);
      this.why = why;
    }

    SignInResult.Why why() {
      return why;
    }
  }
}

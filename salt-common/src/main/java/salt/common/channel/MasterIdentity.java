package salt.common.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.crypto.KeyFiles;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;

/**
 * Who a master is: its key pair, and what vouches for its public key.
 *
 * @param key {@code master.pem}
 * @param publicText the text of {@code master.pub} without blanks around it
 * @param voucher the signature of {@code publicText}, for {@code master_sign_pubkey}
 */
public record MasterIdentity(RsaPrivateKey key, String publicText, Voucher voucher) {
  private static final int LARGEST = 1 << 16;

  /** An identity that nothing vouches for. */
  public MasterIdentity(RsaPrivateKey key, String publicText) {
    this(key, publicText, new Voucher.None());
  }

  /** What proves a master's public key to minions that know another key beforehand. */
  public sealed interface Voucher {
    /** Nothing: {@code master_sign_pubkey} is off. */
    record None() implements Voucher {}

    /** {@code <master_sign_key_name>.pem}, which signs by the algorithm the minion asks for. */
    record Key(RsaPrivateKey signKey) implements Voucher {}

    /** The content of {@code master_pubkey_signature}, made beforehand. */
    record Signature(String base64) implements Voucher {}

    /** {@code pub_sig} of an auth reply: base64 with the line end that Salt leaves on it. */
    default Optional<String> of(String publicText, SigningAlgorithm algorithm) {
      if (this instanceof Key key) {
        byte[] signature =
            key.signKey().sign(publicText.getBytes(StandardCharsets.UTF_8), algorithm);
        return Optional.of(Base64.getEncoder().encodeToString(signature) + "\n");
      } else if (this instanceof Signature signature) {
        return Optional.of(signature.base64());
      }
      return Optional.empty();
    }
  }

  /**
   * Reads the keys of {@code pki_dir}; those that are missing are made.
   *
   * @param options read are {@code pki_dir}, {@code keysize}, {@code key_pass}, {@code
   *     master_sign_pubkey}, {@code master_sign_key_name}, {@code signing_key_pass}, {@code
   *     master_use_pubkey_signature} and {@code master_pubkey_signature}
   * @throws CryptoException that names the file when it can't be used
   */
  public static MasterIdentity read(Options options) {
    Path directory = options.path("pki_dir");
    RsaPrivateKey key = pair(options, "master", "key_pass");
    RsaPublicKey publicKey = RsaPublicKey.read(directory.resolve("master.pub"));
    Voucher voucher = new Voucher.None();
    if (options.flag("master_sign_pubkey") && options.flag("master_use_pubkey_signature")) {
      voucher =
          signature(
              directory.resolve(
                  options.text("master_pubkey_signature", "master_pubkey_signature")));
    } else if (options.flag("master_sign_pubkey")) {
      String name = options.text("master_sign_key_name", "master_sign");
      voucher = new Voucher.Key(pair(options, name, "signing_key_pass"));
    }
    return new MasterIdentity(key, RsaPublicKey.clean(publicKey.text()), voucher);
  }

  private static RsaPrivateKey pair(Options options, String name, String passphraseOption) {
    return KeyFiles.readOrGenerate(
        options.path("pki_dir"),
        name,
        options.integer("keysize"),
        options.text(passphraseOption, ""));
  }

  private static Voucher signature(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CryptoException(
            CryptoException.Reason.BAD_KEY, file + ": too large for a signature");
      }
      return new Voucher.Signature(RsaPublicKey.clean(Files.readString(file)));
    } catch (IOException e) {
      throw new CryptoException(
          CryptoException.Reason.BAD_KEY,
          file + ": master_use_pubkey_signature is on, but the signature can't be read",
          e);
    }
  }
}

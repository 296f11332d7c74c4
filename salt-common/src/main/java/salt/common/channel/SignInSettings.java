package salt.common.channel;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.SigningAlgorithm;

/**
 * What operators set about signing in at a master.
 *
 * @param id the minion's id
 * @param pkiDir where its keys lie
 * @param masterKeyFile the name of the master's key there: minion_master.pub, or syndic_master.pub
 *     of a syndic
 * @param keysize the bits of a new key
 * @param autosignGrains grain to value, sent when not empty
 * @param encryption {@code encryption_algorithm}
 * @param signing {@code signing_algorithm}
 * @param openMode {@code open_mode}
 * @param masterProof how the master's key has to be proved
 */
public record SignInSettings(
    String id,
    Path pkiDir,
    String masterKeyFile,
    int keysize,
    Map<String, Object> autosignGrains,
    EncryptionAlgorithm encryption,
    SigningAlgorithm signing,
    boolean openMode,
    MasterProof masterProof) {

  /**
   * What must prove a master's key, beyond being the stored one.
   *
   * @param verifySignature {@code verify_master_pubkey_sign}
   * @param alwaysVerify {@code always_verify_signature}
   * @param signKeyName {@code master_sign_key_name}
   * @param finger {@code master_finger}; empty for any
   * @param hashType {@code hash_type} of that fingerprint
   */
  public record MasterProof(
      boolean verifySignature,
      boolean alwaysVerify,
      String signKeyName,
      String finger,
      String hashType) {}

  /**
   * Reads the options named above.
   *
   * @param grains the minion's grains, for {@code autosign_grains}
   * @throws CryptoException when an algorithm is none of Salt's; the message names the option
   */
  public static SignInSettings of(Options options, Map<String, ?> grains) {
    boolean syndic = options.any("syndic_master") != null;
    Map<String, Object> autosign = new LinkedHashMap<>();
    for (Object grain : options.list("autosign_grains")) {
      autosign.put(grain.toString(), grains.get(grain.toString()));
    }
    String finger = options.text("master_finger", "");
    return new SignInSettings(
        options.text("id"),
        options.path("pki_dir"),
        syndic ? "syndic_master.pub" : "minion_master.pub",
        options.integer("keysize"),
        autosign,
        encryption(options),
        signing(options),
        options.flag("open_mode"),
        new MasterProof(
            options.flag("verify_master_pubkey_sign"),
            options.flag("always_verify_signature"),
            options.text("master_sign_key_name", "master_sign"),
            syndic ? options.text("syndic_finger", finger) : finger,
            options.text("hash_type", "sha256")));
  }

  private static EncryptionAlgorithm encryption(Options options) {
    String name = options.text("encryption_algorithm", EncryptionAlgorithm.OAEP_SHA1.wireName());
    return EncryptionAlgorithm.named(name).orElseThrow(() -> unknown("encryption_algorithm", name));
  }

  private static SigningAlgorithm signing(Options options) {
    String name = options.text("signing_algorithm", SigningAlgorithm.PKCS1V15_SHA1.wireName());
    return SigningAlgorithm.named(name).orElseThrow(() -> unknown("signing_algorithm", name));
  }

  private static CryptoException unknown(String option, String name) {
    return new CryptoException(
        CryptoException.Reason.BAD_KEY, option + ": there is no algorithm '" + name + "'");
  }
}

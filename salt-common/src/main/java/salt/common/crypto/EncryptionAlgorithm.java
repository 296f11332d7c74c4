package salt.common.crypto;

import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** How key strings and tokens are encrypted for an RSA key ({@code encryption_algorithm}). */
public enum EncryptionAlgorithm {
  /** OAEP with SHA-1 for label and mask: the default. */
  OAEP_SHA1("OAEP-SHA1", "SHA-1"),
  /** OAEP with SHA-224 for label and mask. */
  OAEP_SHA224("OAEP-SHA224", "SHA-224");

  private final String wireName;
  private final String digest;

  EncryptionAlgorithm(String wireName, String digest) {
    this.wireName = wireName;
    this.digest = digest;
  }

  /** The name in messages and options. */
  public String wireName() {
    return wireName;
  }

  OAEPParameterSpec parameters() {
    // The JDK's default would be SHA-1 for the mask, whatever the digest.
    return new OAEPParameterSpec(
        digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
  }

  /** The algorithm of that name, or nothing when Salt has none. */
  public static Optional<EncryptionAlgorithm> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}

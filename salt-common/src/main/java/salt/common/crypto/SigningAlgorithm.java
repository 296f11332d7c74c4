package salt.common.crypto;

import java.util.Arrays;
import java.util.Optional;

/** How messages are signed with an RSA key ({@code signing_algorithm} and its like). */
public enum SigningAlgorithm {
  /** PKCS#1 v1.5 over SHA-1: the default. */
  PKCS1V15_SHA1("PKCS1v15-SHA1", "SHA1withRSA"),
  /** PKCS#1 v1.5 over SHA-224. */
  PKCS1V15_SHA224("PKCS1v15-SHA224", "SHA224withRSA");

  private final String wireName;
  private final String providerName;

  SigningAlgorithm(String wireName, String providerName) {
    this.wireName = wireName;
    this.providerName = providerName;
  }

  /** The name in messages and options. */
  public String wireName() {
    return wireName;
  }

  String providerName() {
    return providerName;
  }

  /** The algorithm of that name, or nothing when Salt has none. */
  public static Optional<SigningAlgorithm> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}

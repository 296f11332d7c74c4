package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;
import static salt.common.crypto.CryptoException.Reason.MALFORMED;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Collectors;
import javax.crypto.Cipher;

/** A public RSA key with the very text it was read from: Salt compares keys by their text. */
public final class RsaPublicKey {
  private final RSAPublicKey key;
  private final String text;

  private RsaPublicKey(RSAPublicKey key, String text) {
    this.key = key;
    this.text = text;
  }

  static RsaPublicKey of(RSAPublicKey key) {
    return new RsaPublicKey(key, new Pem("PUBLIC KEY", key.getEncoded()).text());
  }

  /**
   * Reads a key from PEM text, {@code PUBLIC KEY} or {@code RSA PUBLIC KEY}.
   *
   * @throws CryptoException when the text is no RSA key
   */
  public static RsaPublicKey parse(String text) {
    Pem pem = Pem.parse(text);
    byte[] encoded =
        switch (pem.type()) {
          case "PUBLIC KEY" -> pem.content();
          case "RSA PUBLIC KEY" -> Pem.subjectPublicKeyInfo(pem.content());
          default -> throw new CryptoException(BAD_KEY, "expected a public key, got " + pem.type());
        };
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      return new RsaPublicKey(
          (RSAPublicKey) factory.generatePublic(new X509EncodedKeySpec(encoded)), text);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "not an RSA public key: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a key file.
   *
   * @throws CryptoException that names the file when it can't be read or is no key
   */
  public static RsaPublicKey read(Path file) {
    return KeyFiles.read(file, RsaPublicKey::parse);
  }

  /** Key text without blanks around it and with plain line feeds, as Salt stores and compares. */
  public static String clean(String text) {
    return text.strip().lines().collect(Collectors.joining("\n"));
  }

  /** The text as it was read. */
  public String text() {
    return text;
  }

  /** Whether {@code other} is the same text, but for line ends and blanks around. */
  public boolean hasText(String other) {
    return clean(text).equals(clean(other));
  }

  /** See {@link Fingerprint#of}. */
  public String fingerprint(String hashType) {
    return Fingerprint.of(text, hashType);
  }

  /** Encrypts a key string or token for the owner of this key. */
  public byte[] encrypt(byte[] message, EncryptionAlgorithm algorithm) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, algorithm.parameters());
      return cipher.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(MALFORMED, "encrypting failed: " + e.getMessage(), e);
    }
  }

  /** Whether {@code signature} is this key's over {@code message}. */
  public boolean verifies(byte[] message, byte[] signature, SigningAlgorithm algorithm) {
    Signature verifier;
    try {
      verifier = Signature.getInstance(algorithm.providerName());
      verifier.initVerify(key);
      verifier.update(message);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "verifying failed: " + e.getMessage(), e);
    }
    try {
      return verifier.verify(signature);
    } catch (GeneralSecurityException notEvenTheSize) {
      return false;
    }
  }

  /**
   * What the owner of this key "encrypted" by X9.31, as in {@code tok}.
   *
   * @throws CryptoException when it was made with another key
   */
  public byte[] recover(byte[] token) {
    return X931.recover(key, token);
  }

  /** Equal keys have the same numbers, however their text is laid out. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RsaPublicKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "RSA public key " + fingerprint("sha256");
  }
}

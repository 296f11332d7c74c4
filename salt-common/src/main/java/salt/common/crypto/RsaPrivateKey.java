package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;
import static salt.common.crypto.CryptoException.Reason.NOT_AUTHENTIC;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.Cipher;

/** A private RSA key; its public half can be had of it. */
public final class RsaPrivateKey {
  private final RSAPrivateCrtKey key;
  private final String text;

  private RsaPrivateKey(RSAPrivateCrtKey key, String text) {
    this.key = key;
    this.text = text;
  }

  /**
   * Makes a new key with public exponent 65537.
   *
   * @param bits {@code keysize}
   */
  public static RsaPrivateKey generate(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      return new RsaPrivateKey(key, new Pem("RSA PRIVATE KEY", Pem.pkcs1(key.getEncoded())).text());
    } catch (GeneralSecurityException e) {
      throw new CryptoException(
          BAD_KEY, "keysize: no RSA key of " + bits + " bits: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a key from PEM text, {@code RSA PRIVATE KEY} or {@code PRIVATE KEY}.
   *
   * @throws CryptoException when it is none, or needs a passphrase
   */
  public static RsaPrivateKey parse(String text) {
    return parse(text, "");
  }

  /**
   * As above, for keys that may be encrypted.
   *
   * @param passphrase empty when there is none
   */
  public static RsaPrivateKey parse(String text, String passphrase) {
    byte[] encoded;
    if (text.contains("Proc-Type: 4,ENCRYPTED") || text.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
      encoded = EncryptedPem.decrypt(text, passphrase);
    } else {
      Pem pem = Pem.parse(text);
      encoded =
          switch (pem.type()) {
            case "RSA PRIVATE KEY" -> Pem.pkcs8(pem.content());
            case "PRIVATE KEY" -> pem.content();
            default ->
                throw new CryptoException(BAD_KEY, "expected a private key, got " + pem.type());
          };
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      if (factory.generatePrivate(new PKCS8EncodedKeySpec(encoded))
          instanceof RSAPrivateCrtKey key) {
        return new RsaPrivateKey(key, text);
      }
      throw new CryptoException(BAD_KEY, "the RSA private key lacks its primes");
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "not an RSA private key: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a key file.
   *
   * @throws CryptoException that names the file when it can't be read or is no key
   */
  public static RsaPrivateKey read(Path file) {
    return KeyFiles.read(file, RsaPrivateKey::parse);
  }

  /** As above, for a file that may be encrypted ({@code key_pass}). */
  public static RsaPrivateKey read(Path file, String passphrase) {
    return KeyFiles.read(file, text -> parse(text, passphrase));
  }

  /** The PEM text. A secret. */
  public String text() {
    return text;
  }

  /** The PEM text, encrypted by {@code passphrase} unless that is empty. */
  String text(String passphrase) {
    return passphrase.isEmpty() ? text : EncryptedPem.encrypt(key, passphrase);
  }

  /** The public half, with the text Salt writes for it. */
  public RsaPublicKey publicKey() {
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPublicKeySpec numbers = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
      return RsaPublicKey.of((RSAPublicKey) factory.generatePublic(numbers));
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "no public half: " + e.getMessage(), e);
    }
  }

  /**
   * Decrypts what was encrypted for this key.
   *
   * @throws CryptoException when it was encrypted for another or by another algorithm
   */
  public byte[] decrypt(byte[] message, EncryptionAlgorithm algorithm) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, algorithm.parameters());
      return cipher.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(NOT_AUTHENTIC, "not encrypted for this key", e);
    }
  }

  /** Signs a message. */
  public byte[] sign(byte[] message, SigningAlgorithm algorithm) {
    try {
      Signature signer = Signature.getInstance(algorithm.providerName());
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "signing failed: " + e.getMessage(), e);
    }
  }

  /** "Encrypts" by X9.31, so that the public key recovers it; always the same for a message. */
  public byte[] privateEncrypt(byte[] message) {
    return X931.encrypt(key, message);
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "RSA private key of " + key.getModulus().bitLength() + " bits";
  }
}

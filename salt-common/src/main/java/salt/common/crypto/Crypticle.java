package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;
import static salt.common.crypto.CryptoException.Reason.MALFORMED;
import static salt.common.crypto.CryptoException.Reason.NOT_AUTHENTIC;
import static salt.common.crypto.CryptoException.Reason.WRONG_NONCE;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * Salt's symmetric envelope: AES-192-CBC, then HMAC-SHA256 over vector and ciphertext.
 *
 * <p>Inside lies {@code pickle::}, in replies the nonce of their request, and a value in the
 * network profile of MessagePack. Immutable, and usable from any thread.
 */
public final class Crypticle {
  private static final int AES_KEY = 24;
  private static final int HMAC_KEY = 32;
  private static final int BLOCK = 16;
  private static final int MAC = 32;
  private static final int NONCE = 32;
  private static final byte[] PREFIX = "pickle::".getBytes(StandardCharsets.US_ASCII);

  private final String keyString;
  private final SecretKeySpec aesKey;
  private final SecretKeySpec hmacKey;
  private final SecureRandom random;

  private Crypticle(String keyString, byte[] key, SecureRandom random) {
    this.keyString = keyString;
    this.aesKey = new SecretKeySpec(key, 0, AES_KEY, "AES");
    this.hmacKey = new SecretKeySpec(key, AES_KEY, HMAC_KEY, "HmacSHA256");
    this.random = random;
  }

  /** A new key, drawn from {@code random}, which also makes the vectors of what is sealed. */
  public static Crypticle generate(SecureRandom random) {
    byte[] key = new byte[AES_KEY + HMAC_KEY];
    random.nextBytes(key);
    return new Crypticle(Base64.getEncoder().encodeToString(key), key, random);
  }

  /**
   * The envelope of a key string: base64 of 56 bytes, as handshakes and key files carry it. White
   * space around it is ignored.
   *
   * @throws CryptoException when it is no such key
   */
  public static Crypticle of(String keyString) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(keyString.strip());
    } catch (IllegalArgumentException e) {
      throw new CryptoException(BAD_KEY, "the AES key string is not base64", e);
    }
    if (key.length != AES_KEY + HMAC_KEY) {
      throw new CryptoException(
          BAD_KEY, "the AES key string holds " + key.length + " bytes instead of 56");
    }
    return new Crypticle(keyString.strip(), key, new SecureRandom());
  }

  /** The key as text: what travels encrypted by RSA. A secret. */
  public String keyString() {
    return keyString;
  }

  /** Seals a value, as requests and publications are. */
  public byte[] seal(Object value) {
    return seal(value, "");
  }

  /**
   * Seals a value together with the nonce of the request that it answers.
   *
   * @param nonce 32 hexadecimal digits; empty for none
   */
  public byte[] seal(Object value, String nonce) {
    byte[] nonceBytes = nonce.getBytes(StandardCharsets.UTF_8);
    byte[] packed = MessagePack.NETWORK.pack(value);
    byte[] plain = Arrays.copyOf(PREFIX, PREFIX.length + nonceBytes.length + packed.length);
    System.arraycopy(nonceBytes, 0, plain, PREFIX.length, nonceBytes.length);
    System.arraycopy(packed, 0, plain, PREFIX.length + nonceBytes.length, packed.length);
    byte[] vector = new byte[BLOCK];
    random.nextBytes(vector);
    return encrypt(plain, vector);
  }

  byte[] encrypt(byte[] plain, byte[] vector) {
    int padding = BLOCK - plain.length % BLOCK;
    int end = BLOCK + plain.length + padding;
    byte[] message = new byte[end + MAC];
    System.arraycopy(vector, 0, message, 0, BLOCK);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, aesKey, new IvParameterSpec(vector));
      cipher.doFinal(plain, 0, plain.length, message, BLOCK);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(hmacKey);
      mac.update(message, 0, end);
      mac.doFinal(message, end);
      return message;
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "encrypting failed: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a message without a nonce.
   *
   * @return the value inside; an empty map when the prefix is missing, as Salt does
   * @throws CryptoException when the message was not made with this key, or holds no value
   */
  public Object open(byte[] message) {
    byte[] plain = decrypt(message);
    return hasPrefix(plain) ? unpack(plain, PREFIX.length) : Map.of();
  }

  /**
   * Opens the reply to the request that had {@code nonce}.
   *
   * @return the value inside; an empty map when the prefix is missing, as Salt does
   * @throws CryptoException as {@link #open(byte[])}, and when the nonce is another
   */
  public Object open(byte[] message, String nonce) {
    byte[] plain = decrypt(message);
    if (!hasPrefix(plain)) {
      return Map.of();
    }
    int start = PREFIX.length + NONCE;
    if (plain.length < start) {
      throw new CryptoException(WRONG_NONCE, "the reply carries no nonce");
    }
    byte[] found = Arrays.copyOfRange(plain, PREFIX.length, start);
    if (!MessageDigest.isEqual(found, nonce.getBytes(StandardCharsets.UTF_8))) {
      throw new CryptoException(WRONG_NONCE, "the reply carries the nonce of another request");
    }
    return unpack(plain, start);
  }

  private byte[] decrypt(byte[] message) {
    int end = message.length - MAC;
    if (end < 2 * BLOCK || end % BLOCK != 0) {
      throw new CryptoException(
          NOT_AUTHENTIC, "a sealed message can't have " + message.length + " bytes");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(hmacKey);
      mac.update(message, 0, end);
      byte[] expected = mac.doFinal();
      if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(message, end, message.length))) {
        throw new CryptoException(NOT_AUTHENTIC, "the message was not sealed with this key");
      }
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, aesKey, new IvParameterSpec(message, 0, BLOCK));
      byte[] padded = cipher.doFinal(message, BLOCK, end - BLOCK);
      return unpadded(padded);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(BAD_KEY, "decrypting failed: " + e.getMessage(), e);
    }
  }

  /** Drops as many bytes as the last one says: the MAC was right, so it is the sender's word. */
  private static byte[] unpadded(byte[] padded) {
    int padding = padded[padded.length - 1] & 0xff;
    if (padding == 0 || padding > padded.length) {
      return new byte[0];
    }
    return Arrays.copyOf(padded, padded.length - padding);
  }

  private static boolean hasPrefix(byte[] plain) {
    return plain.length >= PREFIX.length
        && Arrays.equals(plain, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  private static Object unpack(byte[] plain, int start) {
    try {
      return MessagePack.unpack(Arrays.copyOfRange(plain, start, plain.length));
    } catch (MalformedPayload e) {
      throw new CryptoException(
          MALFORMED, "the sealed message holds no value: " + e.getMessage(), e);
    }
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "Crypticle";
  }
}

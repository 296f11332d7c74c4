package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.MALFORMED;
import static salt.common.crypto.CryptoException.Reason.NOT_AUTHENTIC;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * "Encrypting" with a private key in the padding of ANSI X9.31, by which a minion proves its key in
 * {@code tok} and a master its own in the inner {@code sig} of an auth reply.
 *
 * <p>The block is {@code 6B BB…BB BA message CC}; of the power and its complement to the modulus
 * the smaller is the result. Raw RSA is the JDK's, which uses the CRT and blinds.
 */
final class X931 {
  private static final byte HEAD = 0x6b;
  private static final byte HEAD_WITHOUT_FILLER = 0x6a;
  private static final byte FILLER = (byte) 0xbb;
  private static final byte FILLER_END = (byte) 0xba;
  private static final byte TRAILER = (byte) 0xcc;

  private X931() {}

  static <K extends Key & RSAKey> byte[] encrypt(K privateKey, byte[] message) {
    int size = size(privateKey);
    BigInteger modulus = privateKey.getModulus();
    BigInteger power =
        new BigInteger(1, raw(Cipher.DECRYPT_MODE, privateKey, padded(message, size)));
    return sized(power.min(modulus.subtract(power)), size);
  }

  static <K extends Key & RSAKey> byte[] recover(K publicKey, byte[] token) {
    int size = size(publicKey);
    if (token.length != size) {
      throw new CryptoException(
          NOT_AUTHENTIC, "the token has " + token.length + " bytes instead of " + size);
    }
    BigInteger block = new BigInteger(1, raw(Cipher.ENCRYPT_MODE, publicKey, token));
    if ((block.intValue() & 0xf) != 0xc) {
      block = publicKey.getModulus().subtract(block);
    }
    return unpadded(sized(block, size));
  }

  private static byte[] padded(byte[] message, int size) {
    int filler = size - message.length - 2;
    if (filler < 0) {
      throw new CryptoException(
          MALFORMED, message.length + " bytes are too many for a key of " + size + " bytes");
    }
    byte[] block = new byte[size];
    block[0] = filler == 0 ? HEAD_WITHOUT_FILLER : HEAD;
    if (filler > 0) {
      Arrays.fill(block, 1, filler, FILLER);
      block[filler] = FILLER_END;
    }
    System.arraycopy(message, 0, block, filler + 1, message.length);
    block[size - 1] = TRAILER;
    return block;
  }

  private static byte[] unpadded(byte[] block) {
    int last = block.length - 1;
    int start = 1;
    if (block[0] == HEAD) {
      while (start < last && block[start] == FILLER) {
        start++;
      }
      if (start == last || block[start] != FILLER_END) {
        throw notOurs();
      }
      start++;
    } else if (block[0] != HEAD_WITHOUT_FILLER) {
      throw notOurs();
    }
    if (block[last] != TRAILER) {
      throw notOurs();
    }
    return Arrays.copyOfRange(block, start, last);
  }

  private static CryptoException notOurs() {
    return new CryptoException(NOT_AUTHENTIC, "the token was not made with this key");
  }

  private static byte[] raw(int mode, Key key, byte[] block) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
      cipher.init(mode, key);
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(
          NOT_AUTHENTIC, "the token does not fit the key: " + e.getMessage(), e);
    }
  }

  private static int size(RSAKey key) {
    return (key.getModulus().bitLength() + 7) / 8;
  }

  private static byte[] sized(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    byte[] sized = new byte[size];
    int surplus = Math.max(0, bytes.length - size);
    int length = bytes.length - surplus;
    System.arraycopy(bytes, surplus, sized, size - length, length);
    return sized;
  }
}

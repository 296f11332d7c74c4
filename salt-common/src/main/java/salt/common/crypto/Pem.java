package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of keys, and as much of DER as moves an RSA key between PKCS#1, PKCS#8 and X.509:
 * the latter two wrap the first in a fixed header, and the JDK reads only those two.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;

  /** AlgorithmIdentifier of rsaEncryption with its nil parameters. */
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  private static final byte[] VERSION_0 = {INTEGER, 1, 0};

  private final String type;
  private final byte[] content;

  Pem(String type, byte[] content) {
    this.type = type;
    this.content = content.clone();
  }

  /** What the first and last line name. */
  String type() {
    return type;
  }

  /** The DER inside. */
  byte[] content() {
    return content.clone();
  }

  /** Reads the first PEM block in {@code text}. */
  static Pem parse(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new CryptoException(BAD_KEY, "there is no PEM block in the key");
    }
    try {
      byte[] content = Base64.getMimeDecoder().decode(block.group(2).strip());
      return new Pem(block.group(1), content);
    } catch (IllegalArgumentException e) {
      throw new CryptoException(BAD_KEY, "the PEM block of the key is not base64", e);
    }
  }

  /** The text: lines of 64 characters, each ended by a line feed. */
  String text() {
    byte[] lineFeed = {'\n'};
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, lineFeed).encodeToString(content)
        + "\n-----END "
        + type
        + "-----\n";
  }

  /** Wraps a PKCS#1 private key as PKCS#8. */
  static byte[] pkcs8(byte[] pkcs1) {
    return tagged(SEQUENCE, VERSION_0, RSA, tagged(OCTET_STRING, pkcs1));
  }

  /** Wraps a PKCS#1 public key as X.509 SubjectPublicKeyInfo. */
  static byte[] subjectPublicKeyInfo(byte[] pkcs1) {
    return tagged(SEQUENCE, RSA, tagged(BIT_STRING, new byte[1], pkcs1));
  }

  /** The PKCS#1 private key inside a PKCS#8 one. */
  static byte[] pkcs1(byte[] pkcs8) {
    byte[] inner = content(pkcs8, 0, SEQUENCE);
    int algorithm = end(inner, 0);
    return content(inner, end(inner, algorithm), OCTET_STRING);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] content(byte[] der, int start, int tag) {
    if (start >= der.length || (der[start] & 0xff) != tag) {
      throw new CryptoException(BAD_KEY, "the key has an unexpected inner form");
    }
    int end = end(der, start);
    return Arrays.copyOfRange(der, end - length(der, start), end);
  }

  /** Where the item that starts at {@code start} ends. */
  private static int end(byte[] der, int start) {
    int first = octet(der, start + 1);
    int lengthOctets = first < 0x80 ? 0 : first - 0x80;
    int end = start + 2 + lengthOctets + length(der, start);
    if (end > der.length) {
      throw new CryptoException(BAD_KEY, "the key is cut short");
    }
    return end;
  }

  private static int length(byte[] der, int start) {
    int first = octet(der, start + 1);
    if (first < 0x80) {
      return first;
    } else if (first == 0x81) {
      return octet(der, start + 2);
    } else if (first == 0x82) {
      return octet(der, start + 2) << 8 | octet(der, start + 3);
    }
    throw new CryptoException(BAD_KEY, "the key has an unexpected inner form");
  }

  private static int octet(byte[] der, int index) {
    if (index >= der.length) {
      throw new CryptoException(BAD_KEY, "the key is cut short");
    }
    return der[index] & 0xff;
  }

  /** Never the content: it may be a private key. */
  @Override
  public String toString() {
    return "PEM " + type + " " + content.length + " bytes";
  }
}

package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code key.finger} prints of a key, and {@code master_finger} is compared with. */
public final class Fingerprint {
  private static final Map<String, String> DIGESTS =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512");

  private Fingerprint() {}

  /**
   * The hash of a key's text as pairs of hexadecimal digits with colons between.
   *
   * <p>Hashed are the lines between the first and the last, each with its line feed; carriage
   * returns and blank lines do not count. Text that is no PEM is hashed as it is.
   *
   * @param text the content of a key file
   * @param hashType {@code hash_type}: md5, sha1, sha224, sha256, sha384 or sha512
   * @throws CryptoException when there is no such hash
   */
  public static String of(String text, String hashType) {
    byte[] hash = digest(hashType).digest(hashed(text).getBytes(StandardCharsets.UTF_8));
    return HexFormat.ofDelimiter(":").formatHex(hash);
  }

  private static String hashed(String text) {
    List<String> lines =
        text.replace("\r\n", "\n").lines().filter(line -> !line.isBlank()).toList();
    boolean pem =
        lines.size() >= 2
            && lines.get(0).strip().startsWith("-----BEGIN")
            && lines.get(lines.size() - 1).strip().startsWith("-----END");
    if (!pem) {
      return text;
    }
    StringBuilder body = new StringBuilder();
    lines.subList(1, lines.size() - 1).forEach(line -> body.append(line).append('\n'));
    return body.toString();
  }

  private static MessageDigest digest(String hashType) {
    String name = DIGESTS.get(hashType.toLowerCase(Locale.ROOT));
    if (name == null) {
      throw new CryptoException(BAD_KEY, "hash_type: there is no hash named '" + hashType + "'");
    }
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new CryptoException(BAD_KEY, "this Java has no " + name, e);
    }
  }
}

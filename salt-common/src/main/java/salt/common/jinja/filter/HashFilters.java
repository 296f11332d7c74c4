package salt.common.jinja.filter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import salt.common.jinja.value.Errors;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Salt's filters that make checksums and other encodings. */
final class HashFilters {
  /** The name space of Salt's UUIDs: what it calls GLOBAL_UUID. */
  private static final UUID SPACE = UUID.fromString("91633EBF-1C86-5E33-935A-28061F4B480E");

  private static final int NAME_BASED = 5;

  private HashFilters() {}

  static void add(Filters.Table table) {
    hash(table, "md5", "MD5", "md5_digest");
    hash(table, "sha1", "SHA-1", "sha1_digest");
    hash(table, "sha256", "SHA-256", "sha256_digest");
    hash(table, "sha512", "SHA-512", "sha512_digest");
    table
        .filter("base64_encode", "base64_b64encode(instr)", (e, a) -> encode(a[0]))
        .filter("base64_decode", "base64_b64decode(instr)", (e, a) -> decode(a[0]))
        .filter("hmac", "hmac_signature(string, shared_secret, challenge_hmac)", (e, a) -> same(a))
        .filter(
            "hmac_compute",
            "hmac_compute(string, shared_secret)",
            (e, a) -> HexFormat.of().formatHex(hmac(Given.unicode(a[0]), Given.unicode(a[1]))))
        .filter("uuid", "uuid(val)", (e, a) -> uuid(Given.unicode(a[0])).toString());
  }

  private static void hash(Filters.Table table, String name, String algorithm, String declared) {
    table.filter(
        name,
        declared + "(instr)",
        (e, a) -> {
          byte[] content =
              a[0] instanceof Bytes bytes
                  ? bytes.toArray()
                  : Given.unicode(a[0]).getBytes(StandardCharsets.UTF_8);
          return hexadecimal(algorithm, content);
        });
  }

  static String hexadecimal(String algorithm, byte[] content) {
    return HexFormat.of().formatHex(digest(algorithm).digest(content));
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw Errors.value("unsupported hash type " + algorithm);
    }
  }

  private static String encode(Object value) {
    byte[] bytes = Given.unicode(value).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Object decode(Object value) {
    String text = Given.unicode(value).replaceAll("[^A-Za-z0-9+/=]", "");
    try {
      Bytes bytes = Bytes.wrap(Base64.getDecoder().decode(text));
      return bytes.text().<Object>map(decoded -> decoded).orElse(bytes);
    } catch (IllegalArgumentException e) {
      throw new PythonError("Error", "Incorrect padding");
    }
  }

  private static byte[] hmac(String text, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = secret.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }

  private static boolean same(Object[] a) {
    byte[] computed = hmac(Given.unicode(a[0]), Given.unicode(a[1]));
    String challenge = Given.unicode(a[2]);
    String encoded = Base64.getEncoder().encodeToString(computed);
    return MessageDigest.isEqual(
        encoded.getBytes(StandardCharsets.UTF_8), challenge.getBytes(StandardCharsets.UTF_8));
  }

  private static UUID uuid(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(16 + text.length);
    buffer.putLong(SPACE.getMostSignificantBits()).putLong(SPACE.getLeastSignificantBits());
    byte[] hash = digest("SHA-1").digest(buffer.put(text).array());
    hash[6] = (byte) ((hash[6] & 0x0f) | (NAME_BASED << 4));
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    ByteBuffer first = ByteBuffer.wrap(Arrays.copyOf(hash, 16));
    return new UUID(first.getLong(), first.getLong());
  }
}

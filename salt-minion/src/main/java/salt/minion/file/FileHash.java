package salt.minion.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import salt.common.loader.CallException;

/** Hashes files by the names that Salt gives to hashes. */
public final class FileHash {
  private static final int READ_SIZE = 1 << 16;
  private static final Map<Integer, String> TYPES_BY_LENGTH =
      Map.of(32, "md5", 40, "sha1", 56, "sha224", 64, "sha256", 96, "sha384", 128, "sha512");

  private FileHash() {}

  /**
   * A digest for a hash type such as {@code sha256}.
   *
   * @throws CallException when there is none of this name
   */
  static MessageDigest digest(String type) {
    String name = type.toUpperCase(Locale.ROOT);
    try {
      return MessageDigest.getInstance(name.replaceFirst("^SHA(\\d)", "SHA-$1"));
    } catch (NoSuchAlgorithmException e) {
      throw new CallException(CallException.Kind.INVOCATION, "Invalid hash type: " + type, e);
    }
  }

  /** The hash of a file, in hexadecimal. */
  public static String of(Path file, String type) throws IOException {
    MessageDigest digest = digest(type);
    byte[] buffer = new byte[READ_SIZE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether a file is there and has the hash, of the type that the hash's length tells. */
  static boolean matches(Path file, String hash) throws IOException {
    String plain = hash.substring(hash.indexOf('=') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES_BY_LENGTH.get(plain.length());
    return type != null && Files.isRegularFile(file) && of(file, type).equals(plain);
  }
}

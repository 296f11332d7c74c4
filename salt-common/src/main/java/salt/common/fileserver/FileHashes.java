package salt.common.fileserver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Hashes of files, kept while neither time, size nor inode of the file changes. At most 10,000 are
 * kept; then the one unused for longest goes. Safe for several threads.
 */
final class FileHashes {
  private static final int MAX_KEPT = 10_000;
  private static final int BUFFER = 1 << 16;

  private final String algorithm;
  private final Map<Path, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Kept> eldest) {
          return size() > MAX_KEPT;
        }
      };

  private record Kept(Object version, String hash) {}

  /**
   * Hashes of one type.
   *
   * @param hashType md5, sha1, sha224, sha256, sha384 or sha512
   * @throws IllegalArgumentException when there is no such type
   */
  FileHashes(String hashType) {
    String name = hashType.toUpperCase(Locale.ROOT);
    this.algorithm = name.startsWith("SHA") ? "SHA-" + name.substring(3) : name;
    digest();
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("hash_type: there is no hash " + algorithm, e);
    }
  }

  /** The hash of the file's content, in lower-case hexadecimal. */
  String of(Path file) throws IOException {
    Object version = version(file);
    Kept known;
    synchronized (kept) {
      known = kept.get(file);
    }
    if (known != null && known.version.equals(version)) {
      return known.hash;
    }
    String hash = compute(file);
    synchronized (kept) {
      kept.put(file, new Kept(version, hash));
    }
    return hash;
  }

  private static Object version(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
  }

  private String compute(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}

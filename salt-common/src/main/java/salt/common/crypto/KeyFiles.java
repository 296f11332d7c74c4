package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Key pairs as files of a {@code pki_dir}: {@code <name>.pem} with mode 0400 and {@code <name>.pub}
 * with mode 0644.
 */
public final class KeyFiles {
  private static final int LARGEST = 1 << 16;
  private static final String PRIVATE = "r--------";
  private static final String PUBLIC = "rw-r--r--";

  private KeyFiles() {}

  /**
   * Reads the private key {@code <name>.pem}; makes the pair when there is none, and the public
   * file when it alone is missing. Of two programs that do so at once, both end with the first's.
   *
   * @param bits {@code keysize} of a new key
   * @param passphrase {@code key_pass}; empty for a key in clear
   * @throws CryptoException that names the file when it can't be read or written
   */
  public static RsaPrivateKey readOrGenerate(
      Path directory, String name, int bits, String passphrase) {
    Path privateFile = directory.resolve(name + ".pem");
    if (!Files.exists(privateFile)) {
      generate(directory, name, bits, passphrase);
    }
    RsaPrivateKey key = RsaPrivateKey.read(privateFile, passphrase);
    Path publicFile = directory.resolve(name + ".pub");
    if (!Files.exists(publicFile)) {
      create(publicFile, key.publicKey().text(), PUBLIC);
    }
    return key;
  }

  /**
   * Makes a key pair and writes both files, unless there is a private key of that name already.
   *
   * @return the private key's file
   * @throws CryptoException that names the file when it can't be written
   */
  public static Path generate(Path directory, String name, int bits, String passphrase) {
    Path privateFile = directory.resolve(name + ".pem");
    RsaPrivateKey key = RsaPrivateKey.generate(bits);
    if (create(privateFile, key.text(passphrase), PRIVATE)) {
      replace(directory.resolve(name + ".pub"), key.publicKey().text(), PUBLIC);
    }
    return privateFile;
  }

  /**
   * Writes a public key file of mode 0644, replacing one that is there in one step.
   *
   * @param text the exact content
   */
  public static void writePublic(Path file, String text) {
    replace(file, text, PUBLIC);
  }

  static <K> K read(Path file, Function<String, K> parse) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > LARGEST) {
        throw new CryptoException(BAD_KEY, file + ": too large for a key");
      }
      ByteBuffer content = ByteBuffer.allocate((int) channel.size());
      while (content.hasRemaining() && channel.read(content) >= 0) {
        // until the file or the buffer ends
      }
      return parse.apply(
          new String(content.array(), 0, content.position(), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new CryptoException(BAD_KEY, file + ": there is no such key file", e);
    } catch (IOException e) {
      throw new CryptoException(BAD_KEY, file + ": can't be read: " + e.getMessage(), e);
    } catch (CryptoException e) {
      if (e.getMessage().startsWith(file.toString())) {
        throw e;
      }
      throw new CryptoException(e.reason(), file + ": " + e.getMessage(), e);
    }
  }

  /** Whether the file was made; false when there was one. It appears with its whole content. */
  private static boolean create(Path file, String text, String mode) {
    try {
      Path draft = draft(file, text, mode);
      try {
        Files.createLink(file, draft);
        return true;
      } finally {
        Files.delete(draft);
      }
    } catch (FileAlreadyExistsException othersWon) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      throw new CryptoException(BAD_KEY, file + ": can't be written: " + e.getMessage(), e);
    }
  }

  private static void replace(Path file, String text, String mode) {
    try {
      Files.move(
          draft(file, text, mode),
          file,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CryptoException(BAD_KEY, file + ": can't be written: " + e.getMessage(), e);
    }
  }

  private static Path draft(Path file, String text, String mode) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      ByteBuffer content = StandardCharsets.UTF_8.encode(text);
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    return draft;
  }
}

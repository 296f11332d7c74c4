package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.crypto.KeyFiles;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;

/** The keys and signatures that {@code salt-key} makes. */
final class KeyMaking {
  private final Options options;
  private final Terminal terminal;

  KeyMaking(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /**
   * Makes {@code <name>.pem} and {@code <name>.pub} in {@code gen_keys_dir}, unless they are there.
   *
   * @return the fingerprint of the public key
   */
  String pair(String name) {
    Path directory = terminal.resolve(options.text("gen_keys_dir", "."));
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory + ": " + e, e);
    }
    KeyFiles.readOrGenerate(directory, name, options.integer("keysize"), passphrase());
    return RsaPublicKey.read(directory.resolve(name + ".pub")).fingerprint("sha256");
  }

  /**
   * Signs the master's public key into the file {@code master_pubkey_signature}, for masters with
   * {@code master_use_pubkey_signature}.
   *
   * @return true; false when there is such a file already; a sentence when a key is missing
   */
  Object signature() {
    Path pki = options.path("pki_dir");
    String publicName = options.text("pub", "");
    if (!publicName.isEmpty() && !isFile(publicName)) {
      return "Public-key " + publicName + " does not exist";
    }
    String privateName = options.text("priv", "");
    if (!privateName.isEmpty() && !isFile(privateName)) {
      return "Private-key " + privateName + " does not exist";
    }
    Optional<Path> privateFile =
        existing(privateName, pki.resolve("master_sign.pem")).or(() -> created(pki));
    if (privateFile.isEmpty()) {
      return "No usable private-key found";
    }
    Optional<Path> publicFile = existing(publicName, pki.resolve("master.pub"));
    if (publicFile.isEmpty()) {
      return "No usable public-key found";
    }
    String directory = options.text("signature_path", "");
    return write(
        directory.isEmpty() ? pki.toString() : directory,
        sign(privateFile.get(), publicFile.get()));
  }

  private boolean isFile(String name) {
    return Files.isRegularFile(terminal.resolve(name));
  }

  private Optional<Path> existing(String name, Path standard) {
    return Optional.of(name.isEmpty() ? standard : terminal.resolve(name))
        .filter(Files::isRegularFile);
  }

  private Optional<Path> created(Path pki) {
    return options.flag("auto_create")
        ? Optional.of(
            KeyFiles.generate(
                pki,
                options.text("master_sign_key_name", "master_sign"),
                options.integer("keysize"),
                passphrase()))
        : Optional.empty();
  }

  private String sign(Path privateFile, Path publicFile) {
    String text = RsaPublicKey.clean(RsaPublicKey.read(publicFile).text());
    byte[] signature =
        RsaPrivateKey.read(privateFile, passphrase())
            .sign(text.getBytes(StandardCharsets.UTF_8), SigningAlgorithm.PKCS1V15_SHA1);
    return Base64.getEncoder().encodeToString(signature) + "\n";
  }

  /** A signature that is there stays. */
  private boolean write(String directory, String signature) {
    String name =
        directory + "/" + options.text("master_pubkey_signature", "master_pubkey_signature");
    try {
      Files.writeString(
          terminal.resolve(name),
          signature,
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException present) {
      return false;
    } catch (NoSuchFileException missing) {
      throw new UncheckedIOException(new NoSuchFileException(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name + ": " + e, e);
    }
  }

  private String passphrase() {
    return options.text("signing_key_pass", "");
  }
}

package salt.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Vectors;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyFilesTest {
  private static final byte[] SALT = "salt".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  @Test
  void a_pair_is_made_in_salts_forms_with_its_final_modes() throws IOException {
    RsaPrivateKey key = KeyFiles.readOrGenerate(directory, "minion", 2048, "");
    Path privateFile = directory.resolve("minion.pem");
    Path publicFile = directory.resolve("minion.pub");
    assertThat(Files.readString(privateFile))
        .startsWith("-----BEGIN RSA PRIVATE KEY-----\n")
        .endsWith("\n-----END RSA PRIVATE KEY-----\n");
    assertThat(Files.readString(publicFile))
        .startsWith("-----BEGIN PUBLIC KEY-----\n")
        .endsWith("\n-----END PUBLIC KEY-----\n");
    assertThat(mode(privateFile)).isEqualTo("r--------");
    assertThat(mode(publicFile)).isEqualTo("rw-r--r--");
    assertThat(RsaPublicKey.read(publicFile).recover(key.privateEncrypt(SALT))).isEqualTo(SALT);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void a_key_that_is_there_is_kept_and_its_public_file_made_again() throws IOException {
    Path privateFile = KeyFiles.generate(directory, "master", 2048, "");
    String text = Files.readString(privateFile);
    String publicText = Files.readString(directory.resolve("master.pub"));
    Files.delete(directory.resolve("master.pub"));
    KeyFiles.generate(directory, "master", 2048, "");
    assertThat(directory.resolve("master.pub")).doesNotExist();
    assertThat(KeyFiles.readOrGenerate(directory, "master", 2048, "").text()).isEqualTo(text);
    assertThat(directory.resolve("master.pub")).hasContent(publicText);
  }

  @Test
  void a_key_behind_a_passphrase_needs_it() throws IOException {
    RsaPrivateKey key = KeyFiles.readOrGenerate(directory, "master", 2048, "secret");
    Path privateFile = directory.resolve("master.pem");
    assertThat(Files.readString(privateFile)).contains("Proc-Type: 4,ENCRYPTED");
    assertThat(key.publicKey()).isEqualTo(RsaPublicKey.read(directory.resolve("master.pub")));
    assertThatThrownBy(() -> RsaPrivateKey.read(privateFile))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("master.pem")
        .hasMessageContaining("passphrase");
    assertThatThrownBy(() -> RsaPrivateKey.read(privateFile, "wrong"))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("passphrase");
  }

  @Test
  void a_pkcs8_key_is_read_as_well() {
    RsaPrivateKey key = RsaPrivateKey.parse(Vectors.privateKey("master"));
    byte[] pkcs8 = Pem.pkcs8(Pem.parse(key.text()).content());
    RsaPrivateKey same = RsaPrivateKey.parse(new Pem("PRIVATE KEY", pkcs8).text());
    assertThat(same.publicKey()).isEqualTo(key.publicKey());
    byte[] pkcs1 = Pem.pkcs1(pkcs8);
    assertThat(new Pem("RSA PRIVATE KEY", pkcs1).text())
        .isEqualTo(Vectors.privateKey("master") + "\n");
  }

  @Test
  void complaints_name_the_file() throws IOException {
    Path file = directory.resolve("broken.pub");
    assertThatThrownBy(() -> RsaPublicKey.read(file))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("broken.pub");
    for (String text :
        new String[] {
          "",
          "nonsense",
          "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
          "-----BEGIN RSA PUBLIC KEY-----\nMAAAAA==\n-----END RSA PUBLIC KEY-----",
          Vectors.privateKey("master")
        }) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> RsaPublicKey.read(file))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining("broken.pub");
    }
    assertThatThrownBy(
            () ->
                RsaPrivateKey.parse(
                    "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void keys_are_the_same_text_whatever_their_line_ends() {
    RsaPublicKey key = RsaPublicKey.parse(Vectors.publicKey("minion1"));
    assertThat(key.hasText(key.text().replace("\n", "\r\n") + "\r\n")).isTrue();
    assertThat(key.hasText(Vectors.publicKey("minion2"))).isFalse();
  }

  @Test
  void a_token_of_another_key_or_size_is_refused() {
    RsaPublicKey other = RsaPublicKey.parse(Vectors.publicKey("minion2"));
    byte[] token = RsaPrivateKey.parse(Vectors.privateKey("minion1")).privateEncrypt(SALT);
    assertThatThrownBy(() -> other.recover(token)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> other.recover(new byte[0])).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> other.recover(new byte[256])).isInstanceOf(CryptoException.class);
    byte[] large = new byte[256];
    java.util.Arrays.fill(large, (byte) 0xff);
    assertThatThrownBy(() -> other.recover(large)).isInstanceOf(CryptoException.class);
  }

  @Test
  void nothing_of_a_wrong_size_is_decrypted_or_verified() {
    RsaPrivateKey key = RsaPrivateKey.parse(Vectors.privateKey("minion1"));
    for (int size : new int[] {0, 1, 255, 256, 257, 5000}) {
      byte[] bytes = new byte[size];
      java.util.Arrays.fill(bytes, (byte) 0xff);
      for (EncryptionAlgorithm algorithm : EncryptionAlgorithm.values()) {
        assertThatThrownBy(() -> key.decrypt(bytes, algorithm)).isInstanceOf(CryptoException.class);
      }
      for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
        assertThat(key.publicKey().verifies(SALT, bytes, algorithm)).isFalse();
      }
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.config.Options;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.crypto.SigningAlgorithm;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionKeysTest {
  @TempDir Path directory;
  private final TestClock clock = new TestClock(TestMaster.START);

  private SessionKeys keys() {
    return new SessionKeys(
        directory.resolve("sessions"), Duration.ofHours(24), new SecureRandom(), clock);
  }

  @Test
  void a_key_is_kept_in_a_file_of_its_own() throws IOException {
    Crypticle key = keys().of("web.1");
    Path file = directory.resolve("sessions").resolve("web.1");
    assertThat(file).hasContent(key.keyString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(keys().of("web.1").keyString()).isEqualTo(key.keyString());
    assertThat(keys().of("web.2").keyString()).isNotEqualTo(key.keyString());
    try (Stream<Path> files = Files.list(directory.resolve("sessions"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void a_key_is_renewed_when_it_is_too_old() {
    SessionKeys keys = keys();
    String first = keys.of("web").keyString();
    clock.advance(Duration.ofHours(23));
    assertThat(keys.of("web").keyString()).isEqualTo(first);
    clock.advance(Duration.ofHours(2));
    assertThat(keys.of("web").keyString()).isNotEqualTo(first);
  }

  @Test
  void a_key_that_real_salt_left_is_used_and_a_broken_one_replaced() throws IOException {
    SessionKeys keys = keys();
    Path file = directory.resolve("sessions").resolve("web");
    String left = Crypticle.generate(new SecureRandom()).keyString();
    Files.writeString(file, left);
    Files.setLastModifiedTime(file, FileTime.from(TestMaster.START));
    assertThat(keys.of("web").keyString()).isEqualTo(left);
    keys.forget("web");
    assertThat(file).doesNotExist();
    Files.writeString(file, "broken");
    Files.setLastModifiedTime(file, FileTime.from(TestMaster.START));
    assertThat(file).hasContent("broken");
    assertThat(keys.of("web").keyString()).hasSize(76);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\0b"})
  void what_is_no_id_has_no_key(String id) {
    SessionKeys keys = keys();
    assertThatThrownBy(() -> keys.of(id)).isInstanceOf(IllegalArgumentException.class);
    keys.forget(id);
  }

  @Test
  void a_masters_identity_is_read_or_made() throws IOException {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("pki_dir", directory.toString());
    options.put("keysize", 2048L);
    options.put("master_sign_pubkey", true);
    MasterIdentity made = MasterIdentity.read(Options.of(options));
    assertThat(directory.resolve("master_sign.pem")).exists();
    assertThat(made.publicText() + "\n").isEqualTo(made.key().publicKey().text());
    assertThat(MasterIdentity.read(Options.of(options)).publicText()).isEqualTo(made.publicText());
    assertThat(made.voucher().of(made.publicText(), SigningAlgorithm.PKCS1V15_SHA1).orElseThrow())
        .endsWith("\n");
    options.put("master_use_pubkey_signature", true);
    options.put("master_pubkey_signature", "the_signature");
    assertThatThrownBy(() -> MasterIdentity.read(Options.of(options)))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("the_signature");
    Files.writeString(directory.resolve("the_signature"), "AAAA\n");
    assertThat(
            MasterIdentity.read(Options.of(options))
                .voucher()
                .of(made.publicText(), SigningAlgorithm.PKCS1V15_SHA1))
        .contains("AAAA");
  }
}

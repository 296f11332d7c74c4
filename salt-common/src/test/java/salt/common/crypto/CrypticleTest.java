package salt.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CrypticleTest {
  private static final String NONCE = "0123456789abcdef0123456789abcdef";
  private final Crypticle crypticle = Crypticle.generate(new SecureRandom());

  @TestFactory
  Stream<DynamicTest> samples_of_salt_are_made_and_opened() {
    return Vectors.rows("crypticle", "samples").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("name") + " nonce " + row.get("nonce"),
                    () -> {
                      Crypticle key = key(row);
                      byte[] message = Vectors.base64(row, "ciphertext_b64");
                      byte[] plain = Vectors.hex(row, "plaintext_before_padding_hex");
                      assertThat(key.encrypt(plain, Vectors.hex(row, "iv_hex"))).isEqualTo(message);
                      Object value = MessagePack.unpack(Vectors.hex(row, "msgpack_hex"));
                      assertThat(
                              row.get("nonce") instanceof String nonce
                                  ? key.open(message, nonce)
                                  : key.open(message))
                          .isEqualTo(value);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> broken_messages_have_salts_outcome() {
    return Vectors.rows("crypticle", "negative").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    Vectors.text(row, "name"),
                    () -> {
                      byte[] message = Vectors.base64(row, "ciphertext_b64");
                      if (Vectors.text(row, "expect").startsWith("empty map")) {
                        assertThat(key(row).open(message)).isEqualTo(Map.of());
                      } else {
                        assertThatThrownBy(() -> key(row).open(message))
                            .isInstanceOfSatisfying(
                                CryptoException.class,
                                e ->
                                    assertThat(e.reason())
                                        .isEqualTo(CryptoException.Reason.NOT_AUTHENTIC));
                      }
                    }));
  }

  @Test
  void a_key_string_has_56_bytes_and_makes_the_same_key_again() {
    assertThat(crypticle.keyString()).hasSize(76);
    byte[] message = crypticle.seal(List.of(1L, "a"));
    assertThat(Crypticle.of(crypticle.keyString() + "\n").open(message))
        .isEqualTo(List.of(1L, "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not base64!", "bad load"})
  void what_is_no_key_string_is_refused(String text) {
    assertThatThrownBy(() -> Crypticle.of(text))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.BAD_KEY));
  }

  @Test
  void the_nonce_of_another_request_is_refused() {
    byte[] message = crypticle.seal(true, NONCE);
    assertThat(crypticle.open(message, NONCE)).isEqualTo(true);
    assertThatThrownBy(() -> crypticle.open(message, NONCE.replace('0', '1')))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.WRONG_NONCE));
    assertThatThrownBy(() -> crypticle.open(crypticle.seal(null), NONCE))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.WRONG_NONCE));
  }

  @Test
  void no_cut_message_is_opened() {
    byte[] message = crypticle.seal("some text", NONCE);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(message, length);
      assertThatThrownBy(() -> crypticle.open(cut)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void what_is_sealed_but_no_message_pack_is_malformed() {
    byte[] plain = "pickle::\u0001\u0002".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] message = crypticle.encrypt(plain, new byte[16]);
    assertThatThrownBy(() -> crypticle.open(message))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.MALFORMED));
  }

  private static Crypticle key(Map<String, Object> row) {
    Map<String, Object> keys = Vectors.map(Vectors.file("crypticle").get("keys"));
    return Crypticle.of(Vectors.text(keys, Vectors.text(row, "key")));
  }
}

package salt.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Vectors;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RsaVectorsTest {
  @TestFactory
  Stream<DynamicTest> keys_are_read_and_their_text_is_kept() {
    return Vectors.map(Vectors.file("keys").get("keys")).entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Map<String, Object> key = Vectors.map(entry.getValue());
                      String publicText = Vectors.text(key, "public_pem");
                      RsaPublicKey publicKey = RsaPublicKey.parse(publicText);
                      RsaPrivateKey privateKey =
                          RsaPrivateKey.parse(Vectors.text(key, "private_pem"));
                      assertThat(publicKey.text()).isEqualTo(publicText);
                      assertThat(privateKey.publicKey()).isEqualTo(publicKey);
                      assertThat(privateKey.publicKey().text()).isEqualTo(publicText + "\n");
                      assertThat(publicKey.fingerprint("sha256"))
                          .isEqualTo(Vectors.text(key, "pem_finger_sha256"));
                      assertThat(publicKey.fingerprint("md5"))
                          .isEqualTo(Vectors.text(key, "pem_finger_md5"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> oaep_messages_are_decrypted() {
    return each(
        "rsa_oaep",
        "rows",
        row -> {
          RsaPrivateKey key = privateKey(row);
          for (EncryptionAlgorithm algorithm : EncryptionAlgorithm.values()) {
            byte[] message = Vectors.hex(row, "message_hex");
            if (row.get(algorithm.wireName() + "_b64") instanceof String) {
              byte[] encrypted = Vectors.base64(row, algorithm.wireName() + "_b64");
              assertThat(key.decrypt(encrypted, algorithm)).isEqualTo(message);
              assertThat(key.decrypt(key.publicKey().encrypt(message, algorithm), algorithm))
                  .isEqualTo(message);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> signatures_are_the_same_and_verify() {
    return each(
        "signatures",
        "signatures",
        row -> {
          RsaPrivateKey key = privateKey(row);
          byte[] message = Vectors.hex(row, "message_hex");
          for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            byte[] signature = Vectors.base64(row, algorithm.wireName() + "_b64");
            assertThat(key.sign(message, algorithm)).isEqualTo(signature);
            assertThat(key.publicKey().verifies(message, signature, algorithm)).isTrue();
            signature[40] ^= 1;
            assertThat(key.publicKey().verifies(message, signature, algorithm)).isFalse();
            byte[] cut = Arrays.copyOf(signature, 100);
            assertThat(key.publicKey().verifies(message, cut, algorithm)).isFalse();
          }
        });
  }

  @Test
  void the_signature_of_the_masters_key_is_the_same() {
    byte[] signature =
        RsaPrivateKey.parse(Vectors.privateKey("master_sign"))
            .sign(
                Vectors.publicKey("master").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                SigningAlgorithm.PKCS1V15_SHA1);
    assertThat(Base64.getEncoder().encodeToString(signature) + "\n")
        .isEqualTo(Vectors.file("signatures").get("pub_sig"));
  }

  @TestFactory
  Stream<DynamicTest> tokens_are_the_same_and_are_recovered() {
    return each(
        "x931_private_encrypt",
        "rows",
        row -> {
          RsaPrivateKey key = privateKey(row);
          byte[] message = Vectors.hex(row, "message_hex");
          byte[] token = Vectors.base64(row, "token_b64");
          assertThat(key.privateEncrypt(message)).isEqualTo(token);
          assertThat(key.publicKey().recover(token)).isEqualTo(message);
        });
  }

  @Test
  void algorithms_are_found_by_name() {
    assertThat(EncryptionAlgorithm.named("OAEP-SHA224")).contains(EncryptionAlgorithm.OAEP_SHA224);
    assertThat(EncryptionAlgorithm.named("OAEP-MD5")).isEmpty();
    assertThat(SigningAlgorithm.named("PKCS1v15-SHA1")).contains(SigningAlgorithm.PKCS1V15_SHA1);
    assertThat(SigningAlgorithm.named("none")).isEmpty();
  }

  private static Stream<DynamicTest> each(
      String file, String field, Consumer<Map<String, Object>> check) {
    return Vectors.rows(file, field).stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("key")
                        + " "
                        + HexFormat.of().parseHex(Vectors.text(row, "message_hex")).length
                        + " bytes",
                    () -> check.accept(row)));
  }

  private static RsaPrivateKey privateKey(Map<String, Object> row) {
    return RsaPrivateKey.parse(Vectors.privateKey(Vectors.text(row, "key")));
  }
}

package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.RsaPrivateKey;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;

/** The handshakes recorded between real minions and masters, replayed against both our ends. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInVectorsTest {
  @TempDir Path directory;

  private static Stream<Map<String, Object>> handshakes() {
    return Stream.of("auth", "v3_requests")
        .flatMap(file -> Vectors.rows(file, "exchanges").stream())
        .filter(row -> Vectors.text(load(row), "cmd").equals("_auth"));
  }

  private static Stream<DynamicTest> each(Check check) {
    return handshakes()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getOrDefault("name", "version 3 " + row.get("step")).toString(),
                    () -> check.run(row)));
  }

  @TestFactory
  Stream<DynamicTest> our_minion_understands_a_real_masters_answer() {
    return each(
        row -> {
          Path home = directory.resolve(UUID.randomUUID().toString());
          boolean verify = answer(row).containsKey("pub_sig");
          SignIn signIn =
              new SignIn(
                  TestMinion.settings(
                      home, Vectors.text(load(row), "id"), TestMinion.proof(verify, verify, "")),
                  new SecureRandom());
          boolean withToken = load(row).containsKey("token");
          if (withToken) {
            Files.writeString(home.resolve("minion_master.pub"), Vectors.publicKey("master"));
          }
          SignIn.Request request =
              new SignIn.Request(Bytes.utf8(""), Vectors.text(load(row), "nonce"), withToken);
          String token = (String) row.getOrDefault("token_decrypted_from_request", "");
          SignInResult result =
              new SignInReply(signIn, request, token)
                  .read(Vectors.base64(row, "reply_payload_b64"));
          expect(row, result, home);
        });
  }

  private static void expect(Map<String, Object> row, SignInResult result, Path home)
      throws IOException {
    Object ret = answer(row).get("ret");
    Path masterKey = home.resolve("minion_master.pub");
    if (ret != null) {
      assertThat(result)
          .isEqualTo(ret.equals(true) ? new SignInResult.Pending() : new SignInResult.Rejected());
      assertThat(masterKey).doesNotExist();
      return;
    }
    assertThat(result)
        .isInstanceOfSatisfying(
            SignInResult.Accepted.class,
            accepted -> {
              assertThat(accepted.aes().keyString()).isEqualTo(row.get("aes_key_decrypted"));
              assertThat(accepted.session().map(key -> key.keyString()).orElse(null))
                  .isEqualTo(row.get("session_key_decrypted"));
              assertThat((long) accepted.publishPort()).isEqualTo(answer(row).get("publish_port"));
            });
    assertThat(Files.readString(masterKey)).isEqualTo(Vectors.publicKey("master"));
  }

  @TestFactory
  Stream<DynamicTest> our_master_gives_the_recorded_answer() {
    return each(
        row -> {
          Map<String, Object> answer = answer(row);
          TestMaster master = master(row, answer);
          byte[] body = Vectors.base64(row, "request_payload_b64");
          Opened.Auth request = (Opened.Auth) master.channel.open(body);
          assertThat(request.load()).isEqualTo(Vectors.value(row.get("request_load")));
          Map<String, Object> outer = Vectors.map(row.get("request_outer"));
          assertThat((long) request.version()).isEqualTo(outer.get("version"));
          if (answer.containsKey("ret")) {
            AuthOutcome outcome =
                answer.get("ret").equals(true)
                    ? AuthOutcome.NotAccepted.PENDING
                    : AuthOutcome.NotAccepted.DENIED;
            assertThat(master.channel.authReply(request, outcome))
                .isEqualTo(Vectors.base64(row, "reply_payload_b64"));
          } else {
            byte[] reply =
                master.channel.authReply(
                    request, new AuthOutcome.Accepted(master.accepted.get(request.id())));
            expectSame(row, answer, reply);
          }
        });
  }

  private TestMaster master(Map<String, Object> row, Map<String, Object> answer) {
    Path home = directory.resolve(UUID.randomUUID().toString());
    String aes = (String) row.get("aes_key_decrypted");
    String session = (String) row.get("session_key_decrypted");
    TestMaster master =
        new TestMaster(
            home,
            answer.containsKey("pub_sig") ? TestMaster.signingIdentity() : TestMaster.identity(),
            aes == null ? new SecureRandom() : new FixedRandom(aes),
            session == null ? new SecureRandom() : new FixedRandom(session));
    long port = (Long) answer.getOrDefault("publish_port", 4505L);
    master.settings(new ServerSettings(0, java.time.Duration.ZERO, (int) port));
    return master;
  }

  /** Key by key; what RSA made random is compared decrypted. */
  private static void expectSame(
      Map<String, Object> row, Map<String, Object> answer, byte[] reply) {
    Fields outer = Fields.of("reply", MessagePack.unpackMap(reply));
    Map<Object, Object> made = MessagePack.unpackMap(outer.bytes("load").toArray());
    List<String> order = new ArrayList<>(answer.keySet());
    if (!order.contains("session")) {
      order.add(order.indexOf("aes") + 1, "session");
    }
    assertThat(made.keySet()).containsExactlyElementsOf(order);
    for (String plain : List.of("enc", "pub_key", "publish_port", "pub_sig", "sig", "nonce")) {
      assertThat(made.get(plain)).as(plain).isEqualTo(Vectors.value(answer.get(plain)));
    }
    RsaPrivateKey minionKey =
        RsaPrivateKey.parse(Vectors.privateKey(Vectors.text(row, "decrypt_with_key")));
    Map<String, String> secrets =
        Map.of(
            "aes", "aes_key_decrypted",
            "token", "token_decrypted_from_reply",
            "session", "session_key_decrypted");
    secrets.forEach(
        (field, plain) -> {
          if (row.containsKey(plain)) {
            byte[] found =
                minionKey.decrypt(
                    Fields.of("reply", made).bytes(field).toArray(), EncryptionAlgorithm.OAEP_SHA1);
            assertThat(new String(found, StandardCharsets.US_ASCII)).isEqualTo(row.get(plain));
          }
        });
  }

  private static Map<String, Object> load(Map<String, Object> row) {
    return Vectors.map(row.get("request_load"));
  }

  private static Map<String, Object> answer(Map<String, Object> row) {
    return Vectors.map(row.get("reply_signed_load"));
  }

  @FunctionalInterface
  private interface Check {
    void run(Map<String, Object> row) throws Exception;
  }
}

package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.MinionId;
import salt.common.crypto.Crypticle;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;

/** The requests recorded between real minions, command lines and masters, against our master. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestVectorsTest {
  /** 3006.0 let these reach their function, which answered {}; 3006.28 refuses them before. */
  private static final Set<String> REFUSED_SINCE = Set.of("aes, wrong tok");

  @TempDir Path directory;

  private static Stream<Map<String, Object>> sealedRequests() {
    return Stream.of("requests", "v3_requests")
        .flatMap(file -> Vectors.rows(file, "exchanges").stream())
        .filter(row -> row.containsKey("request_encrypted_with"));
  }

  private static Stream<DynamicTest> each(Stream<Map<String, Object>> rows, Check check) {
    return rows.map(
        row ->
            DynamicTest.dynamicTest(
                row.get("name") instanceof String name
                    ? name
                    : row.get("cmd") + " " + row.get("step"),
                () -> check.run(row)));
  }

  @TestFactory
  Stream<DynamicTest> sealed_requests_are_opened() {
    return each(
        sealedRequests(),
        row -> {
          Opened.Aes opened = (Opened.Aes) open(row);
          Map<Object, Object> expected = load(row);
          boolean proven = expected.containsKey("tok");
          expected.keySet().removeAll(Set.of("tok", "nonce"));
          assertThat(opened.load()).isEqualTo(expected);
          assertThat(opened.load().keySet()).containsExactlyElementsOf(expected.keySet());
          assertThat(opened.proven()).isEqualTo(proven && expected.containsKey("id"));
        });
  }

  @TestFactory
  Stream<DynamicTest> loads_are_written_as_they_were_read() {
    return each(
        sealedRequests(),
        row -> {
          byte[] packed = Vectors.hex(row, "request_load_msgpack_hex");
          assertThat(MessagePack.NETWORK.pack(MessagePack.unpack(packed))).isEqualTo(packed);
        });
  }

  @TestFactory
  Stream<DynamicTest> sealed_replies_are_opened_and_made_alike() {
    return each(
        sealedRequests().filter(row -> row.containsKey("reply_msgpack_hex")),
        row -> {
          Crypticle key = Crypticle.of(Vectors.text(row, "key"));
          String nonce = Vectors.text(row, "reply_nonce");
          Object reply = MessagePack.unpack(Vectors.hex(row, "reply_msgpack_hex"));
          assertThat(key.open(sealed(Vectors.base64(row, "reply_payload_b64")), nonce))
              .isEqualTo(reply);
          assertThat(reply).isEqualTo(Vectors.value(row.get("reply")));
          byte[] made = ((Opened.Aes) open(row)).reply().seal(reply);
          assertThat(key.open(sealed(made), nonce)).isEqualTo(reply);
          assertThat(made).hasSameSizeAs(Vectors.base64(row, "reply_payload_b64"));
        });
  }

  @TestFactory
  Stream<DynamicTest> pillars_are_opened_and_made_alike() {
    return each(
        sealedRequests().filter(row -> row.containsKey("reply_private")),
        row -> {
          String id = (String) load(row).get("id");
          Fields recorded =
              Fields.of("reply", MessagePack.unpackMap(Vectors.base64(row, "reply_payload_b64")));
          Map<Object, Object> data = privateData(row, recorded, id);
          assertThat(data).isEqualTo(Vectors.value(row.get("reply_private_data")));

          Opened.Aes opened = (Opened.Aes) open(row);
          byte[] made =
              opened
                  .reply()
                  .sealPillar(data.get("pillar"), java.util.Optional.of(minionKey(id).publicKey()));
          Map<Object, Object> ours =
              privateData(null, Fields.of("reply", MessagePack.unpackMap(made)), id);
          assertThat(ours.keySet()).containsExactly("key", "pillar", "nonce");
          assertThat(ours.get("pillar")).isEqualTo(data.get("pillar"));
          assertThat(ours.get("nonce")).isEqualTo(data.get("nonce"));
        });
  }

  /** Opens a private reply; compares with the recorded steps when there is a row. */
  private static Map<Object, Object> privateData(Map<String, Object> row, Fields reply, String id) {
    byte[] keyString =
        minionKey(id).decrypt(reply.bytes("key").toArray(), EncryptionAlgorithm.OAEP_SHA1);
    String once = new String(keyString, StandardCharsets.US_ASCII);
    Fields signed =
        Fields.require("signed", Crypticle.of(once).open(reply.bytes("pillar").toArray()));
    byte[] data = signed.bytes("data").toArray();
    assertThat(
            RsaPublicKey.parse(Vectors.publicKey("master"))
                .verifies(data, signed.bytes("sig").toArray(), SigningAlgorithm.PKCS1V15_SHA1))
        .isTrue();
    Map<Object, Object> map = MessagePack.unpackMap(data);
    assertThat(MessagePack.NETWORK.pack(map)).isEqualTo(data);
    if (row != null) {
      assertThat(once).isEqualTo(row.get("reply_one_time_key"));
      assertThat(data)
          .isEqualTo(Vectors.hex(Vectors.map(row.get("reply_private")), "data_msgpack_hex"));
    }
    return map;
  }

  @TestFactory
  Stream<DynamicTest> signatures_of_minions_verify_and_are_made_alike() {
    return each(
        sealedRequests().filter(row -> load(row).containsKey("sig")),
        row -> {
          Map<Object, Object> load = load(row);
          RsaPrivateKey key = minionKey((String) load.get("id"));
          if (load.containsKey("tok")) {
            // 3006.0 signed the token of events too, which no master verifies; 3006.28 does not.
            Object signature = load.remove("sig");
            load.remove("nonce");
            assertThat(
                    Bytes.wrap(
                        key.sign(MessagePack.BIN.pack(load), SigningAlgorithm.PKCS1V15_SHA1)))
                .isEqualTo(signature);
            return;
          }
          assertThat(MessageSignature.check(load, key.publicKey(), SigningAlgorithm.PKCS1V15_SHA1))
              .isEqualTo(MessageSignature.Found.GOOD);
          assertThat(MessageSignature.sign(load, key, SigningAlgorithm.PKCS1V15_SHA1))
              .isEqualTo(load.get("sig"));
        });
  }

  @TestFactory
  Stream<DynamicTest> refusals_and_rare_requests_are_answered_alike() {
    return each(
        Vectors.rows("errors", "exchanges").stream(),
        row -> {
          Opened opened = open(row);
          byte[] recorded = Vectors.base64(row, "reply_payload_b64");
          if (REFUSED_SINCE.contains(Vectors.text(row, "name"))) {
            assertThat(((Opened.Refused) opened).reply().toArray())
                .isEqualTo(MessagePack.NETWORK.pack("bad load"));
          } else if (opened instanceof Opened.Refused refused) {
            assertThat(refused.reply().toArray()).isEqualTo(recorded);
          } else if (opened instanceof Opened.Auth auth) {
            expectAuth(row, auth, recorded);
          } else if (opened instanceof Opened.Clear clear) {
            Object reply = MessagePack.unpack(recorded);
            assertThat(reply).isEqualTo(Vectors.value(row.get("reply_clear")));
            assertThat(master(row).channel.clearReply(reply)).isEqualTo(recorded);
            assertThat(clear.load()).containsKey("cmd");
          } else {
            Crypticle key = Crypticle.of(Vectors.text(row, "key"));
            String nonce = Vectors.text(Vectors.map(row.get("request_load")), "nonce");
            Object reply = Vectors.value(row.get("reply"));
            assertThat(key.open(sealed(recorded), nonce)).isEqualTo(reply);
            assertThat(key.open(sealed(((Opened.Aes) opened).reply().seal(reply)), nonce))
                .isEqualTo(reply);
          }
        });
  }

  private void expectAuth(Map<String, Object> row, Opened.Auth auth, byte[] recorded) {
    TestMaster master = master(row);
    if (auth.version() > 1) {
      assertThat(MinionId.isValid(auth.id())).isFalse();
      assertThat(master.channel.authReply(auth, AuthOutcome.NotAccepted.REJECTED))
          .isEqualTo(recorded);
      return;
    }
    RsaPublicKey minionKey = RsaPublicKey.parse(auth.publicKey());
    Map<Object, Object> reply =
        MessagePack.unpackMap(master.channel.authReply(auth, new AuthOutcome.Accepted(minionKey)));
    assertThat(reply.keySet())
        .containsExactly("enc", "pub_key", "publish_port", "aes", "session", "sig");
    assertThat(
            MessagePack.unpackMap(master.channel.authReply(auth, AuthOutcome.NotAccepted.PENDING)))
        .isEqualTo(Map.of("enc", "clear", "load", Map.of("ret", true)));
  }

  @TestFactory
  Stream<DynamicTest> requests_of_the_command_line_are_opened() {
    return each(
        Vectors.rows("cli_publish", "exchanges").stream(),
        row -> {
          Opened.Clear opened = (Opened.Clear) open(row);
          assertThat(opened.load()).isEqualTo(Vectors.value(row.get("request_load")));
          byte[] reply = Vectors.base64(row, "reply_payload_b64");
          assertThat(master(row).channel.clearReply(MessagePack.unpack(reply))).isEqualTo(reply);
        });
  }

  private Opened open(Map<String, Object> row) {
    TestMaster master = master(row);
    if (row.get("request_load") instanceof Map<?, ?> load && load.get("ts") instanceof Long ts) {
      master.clock.advance(Duration.ofSeconds(ts - TestMaster.START.getEpochSecond() + 59));
      master.settings(new ServerSettings(3, Duration.ofSeconds(60), 4505));
    }
    return master.channel.open(Vectors.base64(row, "request_payload_b64"));
  }

  private TestMaster master(Map<String, Object> row) {
    Path home = directory.resolve(UUID.randomUUID().toString());
    String recorded = (String) row.getOrDefault("key", errorsKey());
    SecureRandom random = new FixedRandom(recorded);
    return new TestMaster(home, TestMaster.identity(), random, random);
  }

  private static String errorsKey() {
    return Vectors.rows("errors", "exchanges").stream()
        .filter(row -> row.containsKey("key"))
        .map(row -> Vectors.text(row, "key"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<Object, Object> load(Map<String, Object> row) {
    return new LinkedHashMap<>((Map<?, ?>) Vectors.value(row.get("request_load")));
  }

  private static byte[] sealed(byte[] body) {
    return ((Bytes) MessagePack.unpack(body)).toArray();
  }

  private static RsaPrivateKey minionKey(String id) {
    return RsaPrivateKey.parse(
        Vectors.privateKey(id.equals(TestMaster.MINION_1) ? "minion1" : "minion2"));
  }

  @FunctionalInterface
  private interface Check {
    void run(Map<String, Object> row) throws Exception;
  }
}

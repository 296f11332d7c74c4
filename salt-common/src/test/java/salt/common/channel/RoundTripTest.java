package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;
import salt.common.transport.TransportException;

/** Our minion against our master, and what lies between them doing harm. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundTripTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;
  private TestMaster master;
  private TestMaster.Line line;
  private MinionChannel minion;

  @BeforeEach
  void connect() {
    master = TestMaster.in(directory);
    master.settings(new ServerSettings(3, Duration.ofSeconds(60), 4505));
    line = master.line();
    minion = TestMinion.channel(directory.resolve("minion"), master, line);
  }

  @Test
  void a_request_is_answered_by_protocol_3() {
    Object reply = minion.request(Map.of("cmd", "_file_hash", "path", "x"));
    Opened.Aes seen = (Opened.Aes) master.last();
    assertThat(seen.version()).isEqualTo(3);
    assertThat(seen.proven()).isTrue();
    assertThat(seen.id()).contains(TestMaster.MINION_1);
    assertThat(seen.load().keySet()).containsExactlyInAnyOrder("cmd", "path", "ts", "id");
    assertThat(reply).isEqualTo(seen.load());
  }

  @Test
  void a_request_is_answered_by_protocol_2_when_there_is_no_session() {
    oldMaster();
    minion.request(Map.of("cmd", "_file_hash", "path", "x"));
    Opened.Aes seen = (Opened.Aes) master.last();
    assertThat(seen.version()).isEqualTo(2);
    assertThat(seen.proven()).isFalse();
    assertThat(seen.load()).isEqualTo(Map.of("cmd", "_file_hash", "path", "x"));
    minion.request(Map.of("cmd", "_mine", "id", TestMaster.MINION_1));
    assertThat(((Opened.Aes) master.last()).proven()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void a_pillar_comes_signed(int version) {
    if (version == 2) {
      oldMaster();
    }
    assertThat(minion.pillar(Map.of("id", TestMaster.MINION_1), SECOND, 1))
        .isEqualTo(Map.of("asked", TestMaster.MINION_1));
    assertThat(((Opened.Aes) master.last()).load())
        .containsEntry("ver", "2")
        .containsEntry("cmd", "_pillar");
  }

  @Test
  void raw_data_comes_through_unchanged() {
    Bytes data = Bytes.wrap(new byte[] {0, (byte) 0xff, 1});
    assertThat(minion.request(Map.of("cmd", "x", "data", data)))
        .isInstanceOfSatisfying(Map.class, reply -> assertThat(reply.get("data")).isEqualTo(data));
  }

  @Test
  void a_changed_reply_makes_the_minion_sign_in_again_and_repeat() {
    minion.signIn();
    Deque<Integer> broken = new ArrayDeque<>(List.of(40));
    line.onReply = reply -> broken.isEmpty() ? reply : flipped(reply, broken.pop());
    assertThat(minion.request(Map.of("cmd", "x"))).isNotNull();
    assertThat(master.count(Opened.Auth.class)).isEqualTo(2);
    assertThat(master.count(Opened.Aes.class)).isEqualTo(2);
  }

  @Test
  void replies_that_are_always_changed_end_the_request() {
    minion.signIn();
    line.onReply = reply -> answersSealed() ? flipped(reply, 40) : reply;
    assertThatThrownBy(() -> minion.request(Map.of("cmd", "x")))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("even after signing in again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c0", "80", "a0", "c1", "a86261642067616465", "da0003616263", ""})
  void replies_in_clear_are_never_believed(String hex) {
    minion.signIn();
    byte[] forged = java.util.HexFormat.of().parseHex(hex);
    line.onReply = reply -> answersSealed() ? forged : reply;
    assertThatThrownBy(() -> minion.request(Map.of("cmd", "x")))
        .isInstanceOf(ChannelException.class);
    assertThatThrownBy(() -> minion.pillar(Map.of("id", TestMaster.MINION_1), SECOND, 1))
        .isInstanceOf(ChannelException.class);
  }

  @Test
  void a_reply_to_another_request_is_a_failed_try() {
    List<byte[]> replies = new ArrayList<>();
    line.onReply =
        reply -> {
          if (answersSealed()) {
            replies.add(reply);
            return replies.get(0);
          }
          return reply;
        };
    minion.request(Map.of("cmd", "first"));
    assertThatThrownBy(() -> minion.request(Map.of("cmd", "second"), SECOND, 2))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("another request");
    assertThat(master.count(Opened.Aes.class)).isEqualTo(3);
    assertThat(master.count(Opened.Auth.class)).isEqualTo(1);
  }

  @Test
  void a_pillar_of_another_request_is_refused() {
    List<byte[]> replies = new ArrayList<>();
    line.onReply =
        reply -> {
          if (master.last() instanceof Opened.Aes) {
            replies.add(reply);
            return replies.get(0);
          }
          return reply;
        };
    minion.pillar(Map.of("id", TestMaster.MINION_1), SECOND, 1);
    assertThatThrownBy(() -> minion.pillar(Map.of("id", TestMaster.MINION_1), SECOND, 1))
        .isInstanceOf(ChannelException.class);
  }

  @Test
  void tries_are_used_up_before_the_transport_fails() {
    minion.signIn();
    line.silent = 2;
    assertThat(minion.request(Map.of("cmd", "x"), SECOND, 3)).isNotNull();
    line.silent = 3;
    assertThatThrownBy(() -> minion.request(Map.of("cmd", "x"), SECOND, 3))
        .isInstanceOf(TransportException.class);
  }

  @Test
  void a_minion_that_is_not_accepted_is_told_how_it_stands() {
    master.accepted.clear();
    assertThatThrownBy(() -> minion.request(Map.of("cmd", "x")))
        .isInstanceOfSatisfying(
            ChannelException.class,
            e -> assertThat(e.signIn()).contains(new SignInResult.Pending()));
  }

  @Test
  void a_minion_whose_key_was_taken_away_is_refused() {
    minion.request(Map.of("cmd", "x"));
    master.accepted.clear();
    master.otherwise = AuthOutcome.NotAccepted.REJECTED;
    assertThatThrownBy(() -> minion.request(Map.of("cmd", "x")))
        .isInstanceOfSatisfying(
            ChannelException.class,
            e -> assertThat(e.signIn()).contains(new SignInResult.Rejected()));
  }

  @Test
  void a_renewed_session_key_is_fetched_again() {
    minion.request(Map.of("cmd", "x"));
    master.clock.advance(Duration.ofHours(25));
    assertThat(minion.request(Map.of("cmd", "y"))).isNotNull();
    assertThat(master.count(Opened.Refused.class)).isEqualTo(1);
    assertThat(master.count(Opened.Auth.class)).isEqualTo(2);
  }

  @Test
  void the_previous_aes_key_is_taken_for_a_while() {
    oldMaster();
    minion.request(Map.of("cmd", "x"));
    master.aes.rotate();
    master.clock.advance(Duration.ofSeconds(29));
    minion.request(Map.of("cmd", "y"));
    assertThat(master.count(Opened.Refused.class)).isZero();
    master.clock.advance(Duration.ofSeconds(2));
    assertThat(minion.request(Map.of("cmd", "z"))).isNotNull();
    assertThat(master.count(Opened.Refused.class)).isEqualTo(1);
    assertThat(master.count(Opened.Auth.class)).isEqualTo(2);
  }

  @Test
  void an_old_request_is_refused() {
    List<byte[]> bodies = recorded(Map.of("cmd", "x"));
    assertThat(master.channel.open(bodies.get(1))).isInstanceOf(Opened.Aes.class);
    master.clock.advance(Duration.ofSeconds(62));
    assertRefused(bodies.get(1), "request_server_ttl");
  }

  @Test
  void a_request_is_refused_under_another_id() {
    byte[] body = recorded(Map.of("cmd", "x")).get(1);
    assertRefused(with(body, "id", TestMaster.MINION_2), "not sealed with this key");
    assertRefused(with(body, "id", "unknown"), "no key is accepted");
    assertRefused(with(body, "id", "../x"), "invalid id");
    assertRefused(with(body, "id", 5L), "id");
    assertRefused(with(body, "id", null), "id");
    assertThat(directory.resolve("sessions").resolve("unknown")).doesNotExist();
  }

  @Test
  void a_request_that_says_another_id_inside_is_refused() {
    MinionChannel other =
        new MinionChannel(
            TestMinion.signIn(directory.resolve("other"), TestMaster.MINION_2),
            line,
            TestMinion.SETTINGS,
            master.clock);
    other.signIn();
    byte[] sealed =
        other
            .credentials()
            .orElseThrow()
            .session()
            .orElseThrow()
            .seal(
                Map.of(
                    "cmd",
                    "x",
                    "id",
                    TestMaster.MINION_1,
                    "ts",
                    master.clock.instant().getEpochSecond(),
                    "nonce",
                    "n"));
    assertRefused(
        MessagePack.NETWORK.pack(
            Map.of(
                "enc", "aes", "version", 3, "id", TestMaster.MINION_2, "load", Bytes.wrap(sealed))),
        "has inside the id");
  }

  @Test
  void a_downgraded_request_is_refused() {
    byte[] body = recorded(Map.of("cmd", "x")).get(1);
    assertRefused(with(body, "version", 2L), "minimum_auth_version");
    assertRefused(with(body, "version", 2L), "of minion '" + TestMaster.MINION_1 + "'");
    assertRefused(with(body, "version", null), "minimum_auth_version");
    assertRefused(
        with(recorded(Map.of("cmd", "x")).get(0), "version", 2L),
        "of minion '" + TestMaster.MINION_1 + "'");
    assertRefused(with(body, "version", "x"), "minimum_auth_version");
    master.settings(new ServerSettings(0, Duration.ZERO, 4505));
    assertRefused(with(body, "version", 2L), "not sealed with this key");
    assertRefused(with(body, "enc", "clear"), "no map");
    assertRefused(with(body, "enc", "none"), "envelope");
    assertRefused(with(body, "sig_algo", "none"), "algorithm");
  }

  @Test
  void every_cut_and_every_flipped_byte_is_refused() {
    byte[] body = recorded(Map.of("cmd", "x")).get(1);
    for (int i = 0; i < body.length; i++) {
      assertThat(master.channel.open(java.util.Arrays.copyOf(body, i)))
          .isInstanceOf(Opened.Refused.class);
      if (master.channel.open(flipped(body, i)) instanceof Opened.Aes opened) {
        // The algorithms' names are not sealed; only what they name must stay.
        assertThat(opened.load()).containsEntry("cmd", "x");
      }
    }
  }

  @Test
  void signatures_of_returns_verify_unless_changed() {
    MinionChannel signing =
        new MinionChannel(
            TestMinion.signIn(directory.resolve("signing"), TestMaster.MINION_1),
            line,
            new ChannelSettings(SECOND, 1, SECOND, 1, true),
            master.clock);
    RsaPublicKey key = RsaPublicKey.parse(Vectors.publicKey("minion1"));
    for (boolean old : new boolean[] {false, true}) {
      if (old) {
        oldMaster();
        signing.signIn();
      }
      signing.request(Map.of("cmd", "_return", "id", TestMaster.MINION_1, "return", List.of(1)));
      Map<Object, Object> load = new LinkedHashMap<>(((Opened.Aes) master.last()).load());
      assertThat(check(load, key)).isEqualTo(MessageSignature.Found.GOOD);
      load.put("return", List.of(2L));
      assertThat(check(load, key)).isEqualTo(MessageSignature.Found.BAD);
      load.put("sig", 7L);
      assertThat(check(load, key)).isEqualTo(MessageSignature.Found.BAD);
      load.remove("sig");
      assertThat(check(load, key)).isEqualTo(MessageSignature.Found.NONE);
    }
  }

  @Test
  void many_threads_sign_in_once() throws InterruptedException {
    minion.signIn();
    master.sessions.forget(TestMaster.MINION_1);
    CountDownLatch done = new CountDownLatch(8);
    List<Object> replies = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                replies.add(minion.request(Map.of("cmd", "x")));
                done.countDown();
              });
      thread.start();
      threads.add(thread);
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(replies).hasSize(8);
    assertThat(master.count(Opened.Auth.class)).isEqualTo(2);
  }

  @Test
  void a_command_line_asks_in_clear() {
    ClearChannel channel = new ClearChannel(line);
    line.silent = 1;
    assertThat(channel.request(Map.of("cmd", "ping", "x", 1), SECOND, 2))
        .isEqualTo(Map.of("cmd", "ping", "x", 1L));
    line.onReply = reply -> new byte[] {(byte) 0xc1};
    assertThatThrownBy(() -> channel.request(Map.of("cmd", "ping"), SECOND, 1))
        .isInstanceOf(ChannelException.class);
  }

  private static MessageSignature.Found check(Map<?, ?> load, RsaPublicKey key) {
    return MessageSignature.check(load, key, SigningAlgorithm.PKCS1V15_SHA1);
  }

  private void assertRefused(byte[] body, String reason) {
    assertThat(master.channel.open(body))
        .isInstanceOfSatisfying(
            Opened.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  /** The bodies that the minion sends for one request, signing in first. */
  private List<byte[]> recorded(Map<?, ?> load) {
    List<byte[]> bodies = new ArrayList<>();
    line.onRequest =
        body -> {
          bodies.add(body);
          return body;
        };
    minion.request(load);
    return bodies;
  }

  /** Makes the master one that has no session keys. */
  private void oldMaster() {
    master.settings(new ServerSettings(0, Duration.ZERO, 4505));
    line.onReply = reply -> master.last() instanceof Opened.Auth ? withoutSession(reply) : reply;
  }

  private byte[] withoutSession(byte[] reply) {
    Map<Object, Object> outer = MessagePack.unpackMap(reply);
    Map<Object, Object> load = MessagePack.unpackMap(((Bytes) outer.get("load")).toArray());
    load.remove("session");
    byte[] packed = MessagePack.NETWORK.pack(load);
    byte[] signature = master.identity.key().sign(packed, SigningAlgorithm.PKCS1V15_SHA1);
    return MessagePack.NETWORK.pack(Envelope.signed(packed, signature));
  }

  private static byte[] with(byte[] body, String field, Object value) {
    Map<Object, Object> outer = MessagePack.unpackMap(body);
    outer.put(field, value);
    return MessagePack.NETWORK.pack(outer);
  }

  private static byte[] flipped(byte[] body, int index) {
    byte[] flipped = body.clone();
    flipped[index] ^= 1;
    return flipped;
  }

  private boolean answersSealed() {
    return master.last() instanceof Opened.Aes;
  }
}

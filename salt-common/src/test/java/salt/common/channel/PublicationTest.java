package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.channel.PublicationReceiver.Received;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicationTest {
  private static final Received JOB = new Received.Job(Map.of("fun", "test.ping"));

  @TempDir Path directory;
  private TestMaster master;
  private Publications publications;
  private PublicationReceiver receiver;
  private MinionChannel minion;

  @BeforeEach
  void connect() {
    master = TestMaster.in(directory);
    publications =
        new Publications(
            master.aes, master.identity, Optional.of(SigningAlgorithm.PKCS1V15_SHA224));
    minion = TestMinion.channel(directory.resolve("minion"), master, master.line());
    minion.signIn();
    receiver = new PublicationReceiver(minion, true, false);
  }

  @Test
  void a_publication_is_signed_numbered_and_opened() {
    byte[] body = published();
    assertThat(MessagePack.unpackMap(body).keySet())
        .containsExactly("enc", "load", "sig_algo", "sig");
    assertThat(receiver.open(List.of(body))).isEqualTo(JOB);
    assertThat(receiver.open(List.of(published()))).isEqualTo(JOB);
  }

  @Test
  void a_publication_that_comes_again_or_late_is_ignored() {
    byte[] first = published();
    byte[] second = published();
    assertThat(receiver.open(List.of(second))).isEqualTo(JOB);
    assertIgnored(second, "serial");
    assertIgnored(first, "serial");
  }

  @Test
  void a_replay_is_ignored_even_after_signing_in_again() {
    byte[] body = published();
    receiver.open(List.of(body));
    minion.signIn();
    assertIgnored(body, "serial");
  }

  @Test
  void after_rotation_the_same_message_is_opened_with_the_new_key() {
    receiver.open(List.of(published()));
    byte[] old = published();
    master.aes.rotate();
    byte[] body = published();
    assertThat(receiver.open(List.of(body))).isEqualTo(JOB);
    assertThat(master.count(Opened.Auth.class)).isEqualTo(2);
    assertIgnored(old, "not sealed with this key");
  }

  @Test
  void an_unsigned_or_foreign_publication_is_ignored() {
    List<byte[]> bodies = new ArrayList<>();
    new Publications(master.aes, master.identity, Optional.empty())
        .send(Map.of("fun", "test.ping"), bodies::add);
    MasterIdentity impostor =
        new MasterIdentity(
            RsaPrivateKey.parse(Vectors.privateKey("minion2")), Vectors.publicKey("minion2"));
    new Publications(master.aes, impostor, Optional.of(SigningAlgorithm.PKCS1V15_SHA1))
        .send(Map.of("fun", "test.ping"), bodies::add);
    assertIgnored(bodies.get(0), "signature");
    assertIgnored(bodies.get(1), "signature");
    PublicationReceiver trusting = new PublicationReceiver(minion, false, false);
    assertThat(trusting.open(List.of(bodies.get(0)))).isEqualTo(JOB);
    assertThat(trusting.open(List.of(bodies.get(1)))).isEqualTo(JOB);
  }

  @Test
  void only_the_own_topics_are_heard() {
    byte[] body = published();
    byte[] own = topic(FilterTopic.of(TestMaster.MINION_1));
    assertThat(receiver.open(List.of(topic(FilterTopic.of(TestMaster.MINION_2)), body)))
        .isInstanceOf(Received.Ignored.class);
    assertThat(receiver.open(List.of(topic("broadcast2"), body)))
        .isInstanceOf(Received.Ignored.class);
    assertThat(receiver.open(List.of(topic("syndic"), body))).isInstanceOf(Received.Ignored.class);
    assertThat(receiver.open(List.of(own, body))).isEqualTo(JOB);
    assertThat(receiver.open(List.of(topic("broadcast"), published()))).isEqualTo(JOB);
    PublicationReceiver syndic = new PublicationReceiver(minion, true, true);
    assertThat(syndic.open(List.of(topic("syndic"), published()))).isEqualTo(JOB);
    assertThat(receiver.prefixes(true)).containsExactly(topic("broadcast"), own);
    assertThat(receiver.prefixes(false)).containsExactly(new byte[0]);
  }

  @Test
  void nonsense_is_ignored() {
    assertThat(receiver.open(List.of())).isInstanceOf(Received.Ignored.class);
    assertIgnored(new byte[0], "");
    assertIgnored(new byte[] {(byte) 0xc1}, "");
    assertIgnored(MessagePack.NETWORK.pack(Map.of("enc", "clear")), "");
    assertIgnored(MessagePack.NETWORK.pack(Map.of("enc", "aes", "load", 1)), "");
    assertIgnored(MessagePack.NETWORK.pack(Map.of("enc", "aes", "load", "x", "sig", 5)), "");
  }

  private byte[] published() {
    List<byte[]> bodies = new ArrayList<>();
    publications.send(Map.of("fun", "test.ping"), bodies::add);
    return bodies.get(0);
  }

  private void assertIgnored(byte[] body, String reason) {
    assertThat(receiver.open(List.of(body)))
        .isInstanceOfSatisfying(
            Received.Ignored.class, ignored -> assertThat(ignored.reason()).contains(reason));
  }

  private static byte[] topic(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

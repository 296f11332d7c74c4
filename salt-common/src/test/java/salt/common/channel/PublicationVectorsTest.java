package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;

/** What a real master published, opened by our minion. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicationVectorsTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> recorded_publications_are_opened_and_verified() {
    return rows()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    Vectors.text(row, "name"),
                    () -> {
                      List<byte[]> frames =
                          ((List<?>) row.get("frames_b64"))
                              .stream()
                                  .map(each -> Base64.getDecoder().decode((String) each))
                                  .toList();
                      PublicationReceiver receiver = receiver(row);
                      Map<Object, Object> job =
                          new LinkedHashMap<>((Map<?, ?>) Vectors.value(row.get("load")));
                      job.remove("serial");
                      assertThat(receiver.open(frames))
                          .isEqualTo(new PublicationReceiver.Received.Job(job));
                      assertThat(receiver.open(frames))
                          .isInstanceOf(PublicationReceiver.Received.Ignored.class);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> our_publications_have_the_recorded_form() {
    return rows()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    Vectors.text(row, "name"),
                    () -> {
                      TestMaster master = master(row);
                      Publications publications =
                          new Publications(master.aes, master.identity, java.util.Optional.empty());
                      Map<Object, Object> job =
                          new LinkedHashMap<>((Map<?, ?>) Vectors.value(row.get("load")));
                      long serial = (Long) job.remove("serial");
                      for (long i = 1; i < serial; i++) {
                        publications.send(job, body -> {});
                      }
                      publications.send(
                          job,
                          body -> {
                            Map<Object, Object> outer = MessagePack.unpackMap(body);
                            assertThat(outer.keySet()).containsExactly("enc", "load");
                            byte[] load = ((Bytes) outer.get("load")).toArray();
                            assertThat(MessagePack.NETWORK.pack(master.aes.current().open(load)))
                                .isEqualTo(Vectors.hex(row, "load_msgpack_hex"));
                          });
                    }));
  }

  @TestFactory
  Stream<DynamicTest> topics_are_the_recorded_ones() {
    return Vectors.map(Vectors.file("misc").get("topics")).entrySet().stream()
        .map(
            topic ->
                DynamicTest.dynamicTest(
                    topic.getKey(),
                    () -> assertThat(FilterTopic.of(topic.getKey())).isEqualTo(topic.getValue())));
  }

  private static Stream<Map<String, Object>> rows() {
    return Stream.of(
            Vectors.rows("publish", "zmq_filtering_off"),
            Vectors.rows("publish", "zmq_filtering_on"),
            Vectors.rows("v3_requests", "publications"))
        .flatMap(List::stream);
  }

  private TestMaster master(Map<String, Object> row) {
    return new TestMaster(
        directory.resolve(UUID.randomUUID().toString()),
        TestMaster.identity(),
        new FixedRandom(Vectors.text(row, "key")),
        new SecureRandom());
  }

  private PublicationReceiver receiver(Map<String, Object> row) {
    TestMaster master = master(row);
    String id =
        FilterTopic.of(TestMaster.MINION_2).equals(row.get("topic"))
            ? TestMaster.MINION_2
            : TestMaster.MINION_1;
    Path home = directory.resolve(UUID.randomUUID().toString());
    MinionChannel channel =
        new MinionChannel(
            TestMinion.signIn(home, id), master.line(), TestMinion.SETTINGS, master.clock);
    assertThat(channel.signIn()).isInstanceOf(SignInResult.Accepted.class);
    PublicationReceiver receiver = new PublicationReceiver(channel, true, false);
    assertThat(receiver.prefixes(true).get(1))
        .isEqualTo(FilterTopic.of(id).getBytes(StandardCharsets.US_ASCII));
    return receiver;
  }
}

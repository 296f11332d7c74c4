package salt.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobRecordsTest {
  @TestFactory
  Stream<DynamicTest> a_captured_publication_is_written_as_it_was_read() {
    return captured("publications", map -> Publication.read(map).write());
  }

  @TestFactory
  Stream<DynamicTest> a_captured_return_is_written_as_it_was_read() {
    // Minions differ in where they put success and out; ours is the order of an ordinary job.
    return captured("returns", map -> inOrderOf(map, JobReturn.read(map).write()));
  }

  private static Map<String, Object> inOrderOf(Map<?, ?> map, Map<String, Object> written) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    map.keySet().forEach(key -> ordered.put((String) key, written.get(key)));
    assertThat(written).hasSize(ordered.size());
    return ordered;
  }

  @Test
  void a_return_is_written_in_the_order_of_an_ordinary_job() {
    Map<?, ?> map =
        MessagePack.unpackMap(
            HexFormat.of()
                .parseHex((String) Recorded.fields("/job/captured.json").list("returns").get(0)));
    assertThat(new ArrayList<Object>(JobReturn.read(map).write().keySet()))
        .isEqualTo(new ArrayList<>(map.keySet()));
  }

  private interface Copy {
    Map<String, Object> of(Map<?, ?> map);
  }

  private static Stream<DynamicTest> captured(String kind, Copy copy) {
    return Recorded.fields("/job/captured.json").list(kind).stream()
        .map(hex -> MessagePack.unpackMap(HexFormat.of().parseHex((String) hex)))
        .map(
            map ->
                DynamicTest.dynamicTest(
                    map.get("fun") + " " + map.get("jid"),
                    () -> {
                      Map<String, Object> written = copy.of(map);
                      assertThat(written).isEqualTo(map);
                      assertThat(new ArrayList<Object>(written.keySet()))
                          .isEqualTo(new ArrayList<>(map.keySet()));
                    }));
  }

  @Test
  void a_publication_of_several_functions_keeps_their_arguments_apart() {
    Map<String, Object> map = publication();
    map.put("fun", List.of("test.ping", "test.echo"));
    map.put("arg", List.of(List.of(), List.of("hello")));
    Publication read = Publication.read(map);
    assertThat(read.functions()).containsExactly("test.ping", "test.echo");
    assertThat(read.arguments()).containsExactly(List.of(), List.of("hello"));
    assertThat(read.write())
        .containsEntry("fun", map.get("fun"))
        .containsEntry("arg", map.get("arg"));
  }

  @Test
  void unknown_fields_of_a_publication_are_kept() {
    Map<String, Object> map = publication();
    map.put("future", 1L);
    map.put("delimiter", "|");
    Publication read = Publication.read(map);
    assertThat(read.delimiter()).isEqualTo("|");
    assertThat(read.write()).containsEntry("future", 1L).containsEntry("delimiter", "|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fun", "arg", "tgt", "jid"})
  void a_publication_without_what_it_needs_is_refused(String field) {
    Map<String, Object> map = publication();
    map.remove(field);
    assertThatThrownBy(() -> Publication.read(map))
        .isInstanceOf(MalformedPayload.class)
        .hasMessageContaining("'" + field + "'");
  }

  @Test
  void functions_without_arguments_of_their_own_are_refused() {
    Map<String, Object> map = publication();
    map.put("fun", List.of("a.b", "c.d"));
    map.put("arg", List.of(List.of()));
    assertThatThrownBy(() -> Publication.read(map))
        .isInstanceOf(MalformedPayload.class)
        .hasMessage("publication: 2 functions, but arguments for 1");
    map.put("arg", List.of("x", "y"));
    assertThatThrownBy(() -> Publication.read(map)).isInstanceOf(MalformedPayload.class);
  }

  private static Map<String, Object> publication() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fun", "test.ping");
    map.put("arg", List.of());
    map.put("tgt", "*");
    map.put("jid", "20261123200733599004");
    map.put("ret", "");
    return map;
  }

  @Test
  void a_return_of_several_functions_has_the_worst_exit_status() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", "m");
    map.put("jid", "req");
    map.put("return", Map.of("a.b", 1L, "c.d", 2L));
    map.put("retcode", Map.of("a.b", 0L, "c.d", 2L));
    map.put("success", Map.of("a.b", true, "c.d", false));
    JobReturn read = JobReturn.read(map);
    assertThat(read.exitStatus()).isEqualTo(2);
    assertThat(read.write()).isEqualTo(map);
    map.put("retcode", List.of(1L, 0L));
    assertThat(JobReturn.read(map).exitStatus()).isEqualTo(1);
    map.put("retcode", null);
    assertThat(JobReturn.read(map).exitStatus()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "jid", "return"})
  void a_return_without_what_it_needs_is_refused(String field) {
    Map<String, Object> map = new LinkedHashMap<>(Map.of("id", "m", "jid", "req", "return", 1L));
    map.remove(field);
    assertThatThrownBy(() -> JobReturn.read(map))
        .isInstanceOf(MalformedPayload.class)
        .hasMessageContaining("'" + field + "'");
  }
}

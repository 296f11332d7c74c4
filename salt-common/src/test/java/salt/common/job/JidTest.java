package salt.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JidTest {
  private static final Clock STOPPED =
      Clock.fixed(Instant.parse("2026-11-23T20:07:33.599004999Z"), ZoneOffset.UTC);

  @Test
  void an_id_is_the_time_in_microseconds() {
    assertThat(new Jid(STOPPED, false).next()).isEqualTo("20261123200733599004");
  }

  @Test
  void a_unique_id_has_the_process_id() {
    assertThat(new Jid(STOPPED, true).next())
        .isEqualTo("20261123200733599004_" + ProcessHandle.current().pid());
  }

  @Test
  void ids_of_the_same_microsecond_rise() {
    Jid jids = new Jid(STOPPED, false);
    assertThat(Stream.generate(jids::next).limit(3))
        .containsExactly("20261123200733599004", "20261123200733599005", "20261123200733599006");
  }

  @Test
  void threads_never_get_the_same_id() {
    Jid jids = new Jid(Clock.systemUTC(), false);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 20_000).parallel().forEach(i -> seen.add(jids.next()));
    assertThat(seen).hasSize(20_000).allMatch(Jid::isValid);
  }

  @TestFactory
  Stream<DynamicTest> validity_is_what_Salt_says() {
    return Recorded.fields("/job/misc.json").map("is_jid").entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    (String) each.getKey(),
                    () ->
                        assertThat(Jid.isValid((String) each.getKey()))
                            .isEqualTo(each.getValue())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20260101000000000000_../../etc",
        "20260101000000000000_1/x",
        "20260101000000000000\n",
        "20260101000000000000_",
        "٢٠٢٦٠١٠١٠٠٠٠٠٠٠٠٠٠٠٠",
        "../..",
        ""
      })
  void what_could_be_a_path_is_no_id(String text) {
    assertThat(Jid.isValid(text)).isFalse();
  }

  @Test
  void the_start_time_is_readable() {
    assertThat(Jid.startTime("20261123200733599004")).isEqualTo("2026, Nov 23 20:07:33.599004");
    assertThat(Jid.startTime("20261123200733599004_77")).isEqualTo("2026, Nov 23 20:07:33.599004");
    assertThat(Jid.startTime("20269923200733599004")).isEmpty();
    assertThat(Jid.startTime("req")).isEmpty();
  }
}

package salt.master.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.event.Event;
import salt.common.event.EventSubscription;
import salt.common.payload.Fields;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerRunnersTest {
  private static final String JID = "20261124010000000000";

  @TempDir private Path directory;
  private RunnerFixture site;

  @BeforeEach
  void open() {
    site = new RunnerFixture(directory);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Object ask(Object rules, Map<String, Object> load) {
    try (PeerRunners runners =
        new PeerRunners(site.options.with("peer_run", rules), site, () -> JID, Clock.systemUTC())) {
      return runners.run(Fields.of("minion_runner", load)).toCompletableFuture().join();
    }
  }

  private static Map<String, Object> load(String fun, Object... arg) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("id", "web1");
    load.put("fun", fun);
    load.put("arg", List.of(arg));
    return load;
  }

  @Test
  void nothing_is_allowed_by_default_or_by_rules_of_another_form() {
    assertThat(ask(null, load("test.arg"))).isEqualTo(Map.of());
    assertThat(ask(List.of("test.arg"), load("test.arg"))).isEqualTo(Map.of());
    assertThat(ask(Map.of("web1", "test.arg"), load("test.arg"))).isEqualTo(Map.of());
    assertThat(ask(Map.of("web1", List.of()), load("test.arg"))).isEqualTo(Map.of());
  }

  @Test
  void ids_and_functions_are_expressions_that_match_from_the_start() {
    Map<String, Object> allowed = Map.of("args", List.of(), "kwargs", Map.of());
    for (Object rules :
        List.of(
            Map.of("we", List.of("test")),
            Map.of(".*", List.of("manage", "te.t\\.arg$")),
            Map.of("db", List.of("x"), "web[12]", List.of(".*")))) {
      assertThat(ask(rules, load("test.arg"))).isEqualTo(allowed);
    }
    for (Object rules :
        List.of(
            Map.of("eb1", List.of("test.arg")),
            Map.of("web1", List.of("arg")),
            Map.of("web1", List.of("test.args")),
            Map.of("db", List.of(".*"), "web1", List.of("manage")),
            Map.of("(", List.of(".*")))) {
      assertThat(ask(rules, load("test.arg"))).isEqualTo(Map.of());
    }
  }

  @Test
  void arguments_are_read_as_on_a_command_line_but_for_those_named() {
    Map<String, Object> load = load("test.arg", "a", "b=1", 5L, "c=2");
    load.put("no_parse", List.of("c"));
    assertThat(ask(Map.of("web1", List.of(".*")), load))
        .isEqualTo(Map.of("args", List.of("a", 5L), "kwargs", Map.of("b", 1L, "c", "2")));
  }

  @Test
  void a_run_is_announced_as_one_of_the_masters_user() throws InterruptedException {
    try (EventSubscription events = site.bus.subscribe("salt/run/")) {
      ask(Map.of("web1", List.of(".*")), load("test.arg", "a"));
      Event start = events.next(Duration.ofSeconds(10)).orElseThrow();
      assertThat(start.tag()).isEqualTo("salt/run/" + JID + "/new");
      assertThat(start.data())
          .containsEntry("fun", "runner.test.arg")
          .containsEntry("user", "boss")
          .containsEntry("fun_args", List.of("a"));
    }
  }

  @Test
  void what_cannot_run_is_answered_with_words_or_with_what_is_written_of_it() {
    Map<String, Object> rules = Map.of("web1", List.of(".*"));
    assertThat(ask(rules, load("nope.nope"))).isEqualTo("'nope.nope' is not available.");
    Object told = ask(rules, load("test.metasyntactic", "x=1"));
    assertThat(told).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) told).keySet()).hasToString("[test.metasyntactic]");
    Map<String, Object> incomplete = load("test.arg");
    incomplete.remove("arg");
    assertThat(ask(rules, incomplete)).isEqualTo(Map.of());
  }

  @Test
  void a_minion_learns_of_other_minions_what_a_runner_finds() {
    site.minions(List.of("web1", "db1"), Map.of("db1", Map.of("return", true)));
    assertThat(ask(Map.of("web1", List.of("manage.up")), load("manage.up")))
        .isEqualTo(List.of("db1"));
    assertThat(site.orders).hasSize(1);
  }
}

package salt.master.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
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
import salt.common.job.Arguments;
import salt.common.loader.CallException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunnersTest {
  private static final Duration SOON = Duration.ofSeconds(10);

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

  @Test
  void a_run_is_announced_on_the_bus_of_the_master() throws InterruptedException {
    try (EventSubscription events = site.bus.subscribe("salt/run/")) {
      site.run("test.arg", 1L);
      Event begins = events.next(SOON).orElseThrow();
      assertThat(begins.tag()).isEqualTo("salt/run/20261124010000000000/new");
      assertThat(begins.data())
          .containsEntry("fun", "runner.test.arg")
          .containsEntry("user", "boss")
          .containsEntry("fun_args", List.of(1L))
          .doesNotContainKey("return");
      Event ends = events.next(SOON).orElseThrow();
      assertThat(ends.tag()).isEqualTo("salt/run/20261124010000000000/ret");
      assertThat(ends.data())
          .containsEntry("success", true)
          .containsEntry("return", Map.of("args", List.of(1L), "kwargs", Map.of()));
    }
    assertThat(site.heard).containsExactly("new", "ret");
  }

  @Test
  void what_a_run_returned_is_found_among_the_jobs() {
    site.run("test.stdout_print");
    Map<?, ?> job = (Map<?, ?>) site.returned("jobs.list_job", "20261124010000000000");
    assertThat(job.get("Function")).isEqualTo("runner.test.stdout_print");
    assertThat(job.get("Target")).isEqualTo("mars_master");
    assertThat(job.get("Target-type")).isEqualTo("list");
    Map<?, ?> result = (Map<?, ?>) job.get("Result");
    assertThat(((Map<?, ?>) ((Map<?, ?>) result.get("mars_master")).get("return")).get("return"))
        .isEqualTo("bar");
    assertThat(site.printed).containsExactly("foo");
  }

  @Test
  void wrong_arguments_are_told_with_the_usage_and_count_as_success() {
    Map<String, Object> data = site.run("jobs.lookup_jid");
    assertThat((String) data.get("return"))
        .startsWith(
            "\nPassed invalid arguments: lookup_jid() missing 1 required positional argument:"
                + " 'jid'\n\nUsage:\n\n    Returns what");
    assertThat(data).containsEntry("success", true).doesNotContainKey("retcode");
  }

  @Test
  void a_run_that_fails_has_return_code_1() {
    site.cannotPublish("nobody there");
    Map<String, Object> data = site.run("manage.up");
    assertThat((String) data.get("return"))
        .startsWith("Exception occurred in runner manage.up: Traceback")
        .contains("nobody there");
    assertThat(data).containsEntry("success", false).containsEntry("retcode", 1L);
  }

  @Test
  void functions_and_keyword_arguments_are_checked_before_a_run() {
    assertThatThrownBy(() -> site.runners.check("no.such", new Arguments(List.of(), Map.of())))
        .isInstanceOf(CallException.class)
        .hasMessage("'no.such' is not available.");
    assertThatThrownBy(
            () ->
                site.runners.check(
                    "jobs.list_jobs", new Arguments(List.of(), Map.of("foo", "bar"))))
        .hasMessage("The following keyword arguments are not valid: foo=bar");
  }

  @Test
  void docs_are_found_by_function_module_and_glob() {
    assertThat(site.runners.docs("test.arg")).containsOnlyKeys("test.arg");
    assertThat(site.runners.docs("event")).containsOnlyKeys("event.send");
    assertThat(site.runners.docs("jobs.list*"))
        .containsOnlyKeys("jobs.list_job", "jobs.list_jobs", "jobs.list_jobs_filter");
    assertThat(site.runners.docs("nope")).isEmpty();
    assertThat(site.runners.docs("")).containsKeys("jobs.active", "manage.alived", "state.event");
  }

  @Test
  void options_are_looked_up_by_path() {
    assertThat(site.returned("config.get", "user")).isEqualTo("boss");
    assertThat(site.returned("config.get", "file_roots:base:1")).isEqualTo("/srv/more");
    assertThat(site.returned("config.get", "file_roots:dev")).isEqualTo("");
    assertThat(site.runNamed("config.get", Map.of("key", "x,y", "default", 3L, "delimiter", ",")))
        .containsEntry("return", 3L);
  }

  @Test
  void events_are_sent_and_watched() throws InterruptedException {
    Thread watcher =
        new Thread(
            () ->
                site.runNamed(
                    "state.event", Map.of("tagmatch", "my/.*", "count", 1L, "pretty", false)));
    watcher.start();
    // It may not listen yet, so that it is told until it has heard.
    long deadline = System.nanoTime() + SOON.toNanos();
    while (watcher.isAlive() && System.nanoTime() < deadline) {
      assertThat(site.returned("event.send", "my/tag", Map.of("a", "é"))).isEqualTo(true);
      watcher.join(50);
    }
    assertThat(watcher.isAlive()).isFalse();
    assertThat(site.printed.get(0)).startsWith("my/tag\t{\"a\": \"é\", \"_stamp\": \"");
  }

  @Test
  void watching_events_ends_when_runs_are_told_to() throws InterruptedException {
    Thread watcher = new Thread(() -> site.run("state.event"));
    watcher.start();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (watcher.isAlive() && System.nanoTime() < deadline) {
      site.runners.cancel();
      watcher.join(50);
    }
    assertThat(watcher.isAlive()).isFalse();
  }

  @Test
  void an_event_without_a_master_is_lost() {
    site.bus.close();
    assertThat(site.returned("event.send", "my/tag")).isEqualTo(false);
  }

  @Test
  void progress_is_told_while_it_runs() {
    site.job(RunnerFixture.JID, Map.of("fun", "test.ping", "jid", RunnerFixture.JID), List.of());
    site.runNamed("jobs.list_job", Map.of("jid", RunnerFixture.JID, "display_progress", true));
    assertThat(site.heard).containsExactly("new", "progress", "ret");
  }
}

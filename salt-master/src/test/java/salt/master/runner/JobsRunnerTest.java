package salt.master.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobsRunnerTest {
  private static final String PING = "20261124003122030860";
  private static final String ARG = "20261124003122910168";
  private static final String FIND = "20261124003124000000";

  @TempDir private Path directory;
  private RunnerFixture site;

  @BeforeEach
  void open() {
    site = new RunnerFixture(directory);
    site.job(PING, load(PING, "test.ping", "*", "glob"), List.of("web1", "bad", "late"));
    Map<String, Object> described = load(ARG, "test.arg", List.of("web1", "db1"), "list");
    described.put("kwargs", Map.of("metadata", Map.of("reason", "fun")));
    site.job(ARG, described, List.of("web1"));
    site.job(FIND, load(FIND, "saltutil.find_job", "*", "glob"), List.of("web1"));
  }

  private static Map<String, Object> load(String jid, String fun, Object target, String type) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("fun", fun);
    load.put("arg", List.of(20L));
    load.put("tgt", target);
    load.put("tgt_type", type);
    load.put("user", "root");
    load.put("jid", jid);
    return load;
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Map<?, ?> listed(Map<String, Object> filters) {
    return (Map<?, ?>) site.runNamed("jobs.list_jobs", filters).get("return");
  }

  @Test
  void a_job_is_listed_in_Salts_words() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("Function", "test.ping");
    expected.put("Arguments", List.of(20L));
    expected.put("Target", "*");
    expected.put("Target-type", "glob");
    expected.put("User", "root");
    expected.put("StartTime", "2026, Nov 24 00:31:22.030860");
    Object ping = listed(Map.of()).get(PING);
    assertThat(ping).isEqualTo(expected);
    assertThat(((Map<?, ?>) ping).keySet()).hasToString(expected.keySet().toString());
  }

  @Test
  void jobs_are_filtered() {
    assertThat(listed(Map.of("search_function", "test.p*,x")).keySet())
        .hasToString("[" + PING + "]");
    assertThat(listed(Map.of("search_function", List.of("test.*"))).size()).isEqualTo(2);
    assertThat(listed(Map.of("search_target", "db?")).keySet()).hasToString("[" + ARG + "]");
    assertThat(listed(Map.of("search_metadata", Map.of("reason", "fun"))).size()).isEqualTo(1);
    assertThat(listed(Map.of("search_metadata", Map.of("reason", "no")))).isEmpty();
    assertThat(listed(Map.of("start_time", "2026, Nov 24 00:31:22.5", "search_function", "test.*")))
        .hasSize(1);
    assertThat(listed(Map.of("end_time", "2026-11-24 00:31:23")).size()).isEqualTo(2);
    assertThat(listed(Map.of("end_time", "2026-11-23"))).isEmpty();
  }

  @Test
  void a_time_that_is_none_is_an_error_that_says_so() {
    assertThat((String) site.runNamed("jobs.list_jobs", Map.of("start_time", "soon")).get("return"))
        .startsWith("Exception occurred in runner jobs.list_jobs: Unknown time: 'soon'");
  }

  @Test
  void the_newest_jobs_are_listed_without_questions() {
    List<?> newest = (List<?>) site.returned("jobs.list_jobs_filter", 1L);
    assertThat(newest).hasSize(1);
    assertThat(((Map<?, ?>) newest.get(0)).get("Function")).isNotEqualTo("saltutil.find_job");
    assertThat((List<?>) site.returned("jobs.list_jobs_filter", 9L, false)).hasSize(4);
  }

  @Test
  void a_job_is_looked_up() {
    assertThat(site.returned("jobs.lookup_jid", PING))
        .isEqualTo(Map.of("web1", true, "bad", false));
    assertThat(
            site.runNamed(
                "jobs.lookup_jid", Map.of("jid", PING, "returned", false, "missing", true)))
        .containsEntry("return", Map.of("late", "Minion did not return"));
    assertThat(site.returned("jobs.lookup_jid", "20200101000000000000")).isEqualTo(Map.of());
  }

  @Test
  void a_job_is_described_with_its_minions_and_results() {
    Map<?, ?> job = (Map<?, ?>) site.returned("jobs.list_job", PING);
    assertThat(job.get("jid")).isEqualTo(PING);
    assertThat(job.get("Minions")).isEqualTo(List.of("bad", "late", "web1"));
    assertThat(((Map<?, ?>) job.get("Result")).get("web1"))
        .isEqualTo(Map.of("return", true, "retcode", 0L, "success", true));
    assertThat(((Map<?, ?>) site.returned("jobs.print_job", PING)).keySet())
        .hasToString("[" + PING + "]");
  }

  @Test
  void an_unknown_job_is_an_error_in_its_place() {
    Map<?, ?> job = (Map<?, ?>) site.returned("jobs.list_job", "20200101000000000000");
    assertThat(job.get("Error")).isEqualTo("Cannot contact returner or no job with this jid");
    assertThat(job.get("StartTime")).isEqualTo("2020, Jan 01 00:00:00.000000");
    assertThat(job.get("Result")).isEqualTo(Map.of());
  }

  @Test
  void success_is_a_true_return() {
    assertThat(site.returned("jobs.exit_success", PING))
        .isEqualTo(Map.of("web1", true, "bad", false, "late", false));
  }

  @Test
  void the_last_job_is_found() {
    assertThat(
            ((Map<?, ?>) site.runNamed("jobs.last_run", Map.of("function", "test.*")).get("return"))
                .keySet())
        .hasToString("[" + ARG + "]");
    assertThat(site.runNamed("jobs.last_run", Map.of("target", "nobody")))
        .containsEntry("return", false);
    assertThat(site.runNamed("jobs.last_run", Map.of("metadata", "text")))
        .containsEntry("return", false);
  }

  @Test
  void running_jobs_are_shown_with_who_runs_them_and_who_is_done() {
    Map<String, Object> running = load(PING, "test.ping", "*", "glob");
    running.put("pid", 42L);
    site.minions(
        List.of("late", "bad"),
        Map.of(
            "late", Map.of("return", List.of(running)), "bad", Map.of("return", "no such thing")));
    Map<?, ?> active = (Map<?, ?>) site.returned("jobs.active");
    Map<?, ?> job = (Map<?, ?>) active.get(PING);
    assertThat(job.get("Running")).isEqualTo(List.of(Map.of("late", 42L)));
    assertThat(job.get("Returned")).isEqualTo(List.of("bad", "web1"));
    assertThat(site.orders)
        .containsExactly(new MinionClient.Order("*", "glob", "saltutil.running", List.of(), 3, 7));
  }

  @Test
  void without_a_master_nothing_is_active_and_the_reason_is_printed() {
    site.cannotPublish("The salt master could not be contacted.");
    assertThat(site.returned("jobs.active")).isEqualTo(Map.of());
    assertThat(site.printed).containsExactly("The salt master could not be contacted.");
  }

  @Test
  void another_job_cache_cannot_be_read() {
    assertThat(
            (String) site.runNamed("jobs.list_jobs", Map.of("ext_source", "mysql")).get("return"))
        .contains("there is no job cache 'mysql'");
  }
}

package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.MessagePack;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MinionModulesTest {
  @TempDir Path dir;
  private TestMaster master;
  private TestMinion minion;

  @BeforeEach
  void start() {
    master = new TestMaster(dir, dir.resolve("received"), 1000);
    minion = minion(Map.of());
    minion.link = master;
  }

  private TestMinion minion(Map<String, Object> more) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("cachedir", dir.resolve("cache").toString());
    options.put("pki_dir", dir.resolve("pki").toString());
    options.put("file_roots", Map.of("base", List.of(dir.toString())));
    options.putAll(more);
    return new TestMinion(options);
  }

  @Test
  void running_jobs_are_found_and_signalled() {
    minion.running.add(Map.of("jid", "1", "fun", "test.sleep", "pid", 42L));
    minion.running.add(Map.of("jid", "20261123000000000000", "fun", "saltutil.x", "pid", 43L));
    assertThat(minion.job("saltutil.running"))
        .as("all but the one that asks")
        .isEqualTo(List.of(Map.of("jid", "1", "fun", "test.sleep", "pid", 42L)));
    assertThat(((Map<?, ?>) minion.job("saltutil.find_job", 1L)).get("fun"))
        .isEqualTo("test.sleep");
    assertThat(minion.job("saltutil.find_job", "2")).isEqualTo(Map.of());
    assertThat((List<?>) minion.job("saltutil.is_running", "test.*")).hasSize(1);
    assertThat(minion.job("saltutil.term_job", "1")).isEqualTo("Signal 15 sent to job 1 at pid 42");
    assertThat(minion.job("saltutil.kill_job", "9")).isEqualTo("");
    assertThat(minion.job("saltutil.kill_all_jobs"))
        .isEqualTo(List.of("Signal 9 sent to job 1 at pid 42"));
    assertThat(minion.signals).containsExactly("1:15", "1:9");
  }

  @Test
  void kept_returns_are_found_and_removed_when_old() throws IOException {
    assertThat(minion.job("saltutil.find_cached_job", "5")).asString().contains("cache_jobs");
    Path job = Files.createDirectories(dir.resolve("cache/minion_jobs/5"));
    Files.write(job.resolve("return.p"), MessagePack.BIN.pack(Map.of("return", true)));
    assertThat(minion.job("saltutil.find_cached_job", "5")).isEqualTo(Map.of("return", true));
    assertThat(minion.job("saltutil.find_cached_job", "../5")).asString().contains("not found");
    minion.job("saltutil.clear_job_cache");
    assertThat(job).exists();
    Files.setLastModifiedTime(job, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    assertThat(minion.job("saltutil.clear_job_cache")).isEqualTo(true);
    assertThat(job).doesNotExist();
  }

  @Test
  void a_function_is_called_for_an_environment_that_there_is() {
    assertThat(minion.job("saltutil.mmodule", "base", "test.echo", "a")).isEqualTo("a");
    assertThatThrownBy(() -> minion.job("saltutil.mmodule", "dev", "test.ping"))
        .hasMessage("'dev'");
    assertThat(minion.job("saltutil.update")).asString().contains("Esky not available");
  }

  @Test
  void grains_and_pillar_are_refreshed() {
    minion.job("saltutil.refresh_grains");
    minion.call(
        "saltutil.refresh_grains",
        List.of(),
        Map.of("refresh_pillar", false),
        TestMinion.jobOf("saltutil.refresh_grains"));
    assertThat(minion.refreshed).containsExactly("grains", "pillar", "grains");
    assertThatThrownBy(
            () ->
                minion.call(
                    "saltutil.refresh_grains",
                    List.of(),
                    Map.of("foo", 1L),
                    TestMinion.jobOf("saltutil.refresh_grains")))
        .hasMessage("The following keyword arguments are not valid: foo=1");
  }

  @Test
  void the_minion_of_this_machine_is_told_to_refresh() {
    assertThat(minion.job("saltutil.refresh_pillar")).isEqualTo(true);
    assertThat(minion.refreshed).isEmpty();
    assertThat(minion.job("saltutil.refresh_pillar", true)).isEqualTo(true);
    assertThat(minion.refreshed).containsExactly("pillar");
    assertThat(minion.job("saltutil.refresh_modules")).isEqualTo(true);
    assertThat(minion.job("saltutil.refresh_beacons")).isEqualTo(true);
    assertThat(minion.job("saltutil.refresh_matchers")).isEqualTo(true);
    assertThat(minion.fired)
        .containsExactly(
            "pillar_refresh {clean_cache=true}",
            "pillar_refresh {clean_cache=true}",
            "module_refresh {}",
            "beacons_refresh {}",
            "matchers_refresh {}");
  }

  @Test
  void no_extension_is_brought() throws IOException {
    Files.createDirectories(dir.resolve("_modules"));
    Files.writeString(dir.resolve("_modules/mine.py"), "");
    assertThat(minion.job("saltutil.sync_modules")).isEqualTo(List.of());
    assertThat(minion.job("saltutil.sync_outputters")).isEqualTo(List.of());
    Map<?, ?> all = (Map<?, ?>) minion.job("saltutil.sync_all");
    assertThat(all).hasSize(17);
    assertThat(all.values()).allMatch(List.of()::equals);
    assertThatThrownBy(() -> minion.job("saltutil.sync_pillar"))
        .hasMessage("Pillar modules can only be synced to masterless minions");
    TestMinion alone = minion(Map.of("file_client", "local"));
    assertThat((Map<?, ?>) alone.job("saltutil.sync_all")).hasSize(18);
  }

  @Test
  void the_cache_is_cleared_without_its_directories() throws IOException {
    Path file = dir.resolve("cache/a/b");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    Path outside = Files.writeString(dir.resolve("outside"), "x");
    Files.createSymbolicLink(dir.resolve("cache/link"), dir);
    assertThat(minion.job("saltutil.clear_cache")).isEqualTo(true);
    assertThat(file).doesNotExist();
    assertThat(file.getParent()).exists();
    assertThat(outside).exists();
  }

  @Test
  void keys_are_shown_removed_and_revoked() throws IOException {
    Path pki = Files.createDirectories(dir.resolve("pki"));
    String pem = "-----BEGIN PUBLIC KEY-----\nYWJj\n-----END PUBLIC KEY-----\n";
    Files.writeString(pki.resolve("minion.pub"), pem);
    assertThat(minion.job("key.finger")).asString().matches("([0-9a-f]{2}:){31}[0-9a-f]{2}");
    assertThat(minion.job("key.finger", "md5")).asString().matches("([0-9a-f]{2}:){15}..");
    assertThat(minion.job("key.finger_master")).isEqualTo("");
    minion.job("saltutil.regen_keys");
    assertThat(pki).isEmptyDirectory();
    master.replies.put("revoke_auth", true);
    assertThat(minion.job("saltutil.revoke_auth", true)).isEqualTo(true);
    assertThat(master.requests.get(0).get("preserve_minion_cache")).isEqualTo(true);
    master.silent = true;
    assertThat(minion.job("saltutil.revoke_auth")).isEqualTo(false);
  }

  @Test
  void results_go_into_the_masters_mine_with_who_may_get_them() {
    assertThat(
            minion.call(
                "mine.send",
                List.of("alias", "x"),
                Map.of("mine_function", "test.echo", "allow_tgt", "web*"),
                TestMinion.jobOf("mine.send")))
        .isEqualTo(true);
    Map<?, ?> sent = (Map<?, ?>) ((Map<?, ?>) master.requests.get(0).get("data")).get("alias");
    assertThat(sent)
        .isEqualTo(Map.of("__data__", "x", "__saltmine_acl__", 1L, "allow_tgt", "web*"));
    assertThat(minion.job("mine.send", "no.such")).isEqualTo(false);
    minion.job("mine.send", "test.ping");
    assertThat(minion.job("mine.get", "*", "test.ping"))
        .isEqualTo(Map.of("minion", true, "other", 1L));
    assertThat(minion.job("mine.get", "*", "test.ping", "glob", true))
        .isEqualTo(Map.of("other", 1L));
    assertThat(minion.job("mine.delete", "test.ping")).isEqualTo(true);
    assertThat(minion.job("mine.flush")).isEqualTo(true);
  }

  @Test
  void configured_functions_are_sent_and_shown() {
    Map<String, Object> functions = new LinkedHashMap<>();
    functions.put("test.ping", List.of());
    functions.put("said", List.of(Map.of("mine_function", "test.echo"), "hello"));
    functions.put("no.such", List.of());
    TestMinion configured = minion(Map.of("mine_functions", functions));
    configured.link = master;
    assertThat(configured.job("mine.update")).isEqualTo(true);
    assertThat(master.requests.get(0).get("data"))
        .isEqualTo(Map.of("test.ping", true, "said", "hello"));
    assertThat(configured.job("mine.valid"))
        .isEqualTo(Map.of("test.ping", List.of(), "said", Map.of("test.echo", List.of("hello"))));
    assertThat(minion.job("mine.update")).isNull();
  }

  @Test
  void without_a_master_the_mine_is_a_file() {
    TestMinion alone = minion(Map.of("file_client", "local"));
    assertThat(alone.job("mine.send", "test.ping")).isEqualTo(true);
    assertThat(alone.job("mine.send", "test.echo", "x")).isEqualTo(true);
    assertThat(alone.job("mine.get", "*", "test.ping")).isEqualTo(Map.of("minion", true));
    assertThat(alone.job("mine.get", "*", "test.ping,test.echo"))
        .isEqualTo(Map.of("test.ping", Map.of("minion", true), "test.echo", Map.of("minion", "x")));
    assertThat(alone.job("mine.get", "other", "test.ping")).isEqualTo(Map.of());
    alone.job("mine.delete", "test.ping");
    assertThat(minion(Map.of("file_client", "local")).job("mine.get", "*", "test.ping"))
        .isEqualTo(Map.of());
    assertThat(dir.resolve("cache/datastore")).exists();
    assertThat(alone.job("mine.flush")).isEqualTo(true);
  }

  @Test
  void jobs_are_published_and_their_returns_gathered() {
    master.replies.put("minion_pub", Map.of("jid", "7", "minions", List.of("a", "b")));
    master.replies.put("pub_ret", Map.of("a", Map.of("ret", 1L), "b", Map.of("ret", 2L)));
    assertThat(minion.job("publish.publish", "*", "test.echo", "[x, 2]"))
        .isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThat(master.requests.get(0).get("arg")).isEqualTo(List.of("x", 2L));
    assertThat(master.requests.get(0).get("form")).isEqualTo("clean");
    assertThat(master.requests.get(1).get("jid")).isEqualTo("7");
    assertThat(minion.job("publish.full_data", "*", "test.ping"))
        .isEqualTo(Map.of("a", Map.of("ret", 1L), "b", Map.of("ret", 2L)));
    master.replies.put("pub_ret", Map.of("a", Map.of("ret", 1L)));
    assertThat(minion.job("publish.publish", "*", "test.ping", null, "glob", "", 1L))
        .isEqualTo(Map.of("a", 1L));
    master.replies.put("minion_pub", Map.of());
    assertThat(minion.job("publish.publish", "*", "test.ping")).isEqualTo(Map.of());
    assertThat(minion.job("publish.publish", "*", "publish.publish")).isEqualTo(Map.of());
    master.silent = true;
    assertThat(minion.job("publish.publish", "*", "test.ping"))
        .isEqualTo("'test.ping' publish timed out");
  }

  @Test
  void runners_run_on_the_master() {
    master.replies.put("minion_runner", List.of("m1"));
    assertThat(minion.job("publish.runner", "manage.up")).isEqualTo(List.of("m1"));
    assertThat(minion(Map.of()).job("publish.runner", "manage.up"))
        .isEqualTo("No access to master. If using salt-call with --local, please remove.");
  }
}

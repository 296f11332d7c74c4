package salt.cli.minion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import salt.common.channel.SignInResult;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.transport.MemoryTransport;
import salt.master.Master;
import salt.minion.Minion;
import salt.minion.connection.MasterAddress;
import salt.minion.connection.MasterConnection;

/** Minions at real masters, within this process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MinionTest {
  private static final String STARTED = "salt/minion/m1/start";
  private static final List<String> TWO = List.of("127.0.0.1:1506", "127.0.0.1:2506");

  @TempDir Path directory;

  private final MemoryTransport transport = new MemoryTransport();
  private TestSite site;
  private Options master;

  @BeforeEach
  void configure() throws IOException {
    site = new TestSite(directory, transport);
    master = site.master("a", 1506, 1505, Map.of());
  }

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  private Options minion(Map<String, ?> more) throws IOException {
    return site.minion("m1", "127.0.0.1:1506", more);
  }

  @Test
  void a_minion_signs_in_says_so_and_runs_jobs() throws Exception {
    site.start(master);
    TestSite.Events events = site.events(master);
    site.startMinion(minion(Map.of("start_event_grains", List.of("os"))));
    assertThat(events.next(STARTED).data())
        .containsEntry("id", "m1")
        .containsEntry("tag", STARTED)
        .containsEntry("grains", Map.of("os", "Test"))
        .hasEntrySatisfying(
            "data", text -> assertThat((String) text).startsWith("Minion m1 started at "));
    assertThat(site.run(master, events, "m1", "test.arg", "x", 1L))
        .hasEntrySatisfying(
            "return",
            value -> assertThat(((Map<?, ?>) value).get("args")).isEqualTo(List.of("x", 1L)))
        .containsEntry("success", true)
        .containsEntry("fun_args", List.of("x", 1L));
  }

  @Test
  void jobs_for_several_minions_may_go_by_one_jid() throws Exception {
    site.start(master);
    TestSite.Events events = site.events(master);
    site.startMinion(minion(Map.of()));
    site.startMinion(site.minion("m2", "127.0.0.1:1506", Map.of()));
    events.next("salt/minion/");
    events.next("salt/minion/");
    String jid = site.publish(master, "m1", "test.ping");
    assertThat(events.next("salt/job/" + jid + "/ret/m1").data()).containsEntry("return", true);
    assertThat(site.publishAs(jid, master, "m2", "test.ping")).isEqualTo(jid);
    assertThat(events.next("salt/job/" + jid + "/ret/m2").data()).containsEntry("return", true);
  }

  @Test
  void after_a_restart_of_the_master_the_next_job_is_run() throws Exception {
    Master first = site.start(master);
    TestSite.Events events = site.events(master);
    site.startMinion(minion(Map.of()));
    events.next(STARTED);
    site.close(events);
    site.close(first);
    site.start(master);
    TestSite.Events again = site.events(master);
    assertThat(site.run(master, again, "m1", "test.ping")).containsEntry("return", true);
    assertThat(site.run(master, again, "m1", "test.ping")).containsEntry("return", true);
  }

  @Test
  void a_return_waits_for_a_master_that_is_down() throws Exception {
    Master first = site.start(master);
    TestSite.Events events = site.events(master);
    Options minion = minion(Map.of());
    site.startMinion(minion);
    events.next(STARTED);
    Path go = directory.resolve("go");
    String jid =
        site.publish(
            master, "m1", "cmd.run", "while [ ! -e " + go + " ]; do sleep 0.05; done; echo late");
    Path proc = minion.path("cachedir").resolve("proc").resolve(jid);
    TestSite.until("the job runs", () -> Files.exists(proc));
    site.close(events);
    site.close(first);
    Files.createFile(go);
    Path returns = minion.path("cachedir").resolve("returns").resolve("127.0.0.1_1506");
    TestSite.until("the return is kept", () -> count(returns) == 1);
    TestSite.until("the job has ended", () -> !Files.exists(proc));
    Master second = site.start(master);
    TestSite.until("the return is delivered", () -> count(returns) == 0);
    site.close(second);
    assertThat(Jobs.returns(master, jid)).containsOnlyKeys("m1");
    assertThat(Jobs.returns(master, jid).get("m1")).containsEntry("return", "late");
  }

  @Test
  void a_minion_keeps_copies_of_its_returns() throws Exception {
    site.start(master);
    TestSite.Events events = site.events(master);
    Options minion = minion(Map.of("cache_jobs", true));
    site.startMinion(minion);
    events.next(STARTED);
    Object jid = site.run(master, events, "m1", "test.echo", "kept").get("jid");
    Object found =
        site.run(master, events, "m1", "saltutil.find_cached_job", (String) jid).get("return");
    assertThat(found)
        .isInstanceOfSatisfying(
            Map.class,
            ret -> {
              assertThat(ret.keySet().toString())
                  .isEqualTo("[success, return, retcode, jid, fun, fun_args, user]");
              assertThat(ret.get("return")).isEqualTo("kept");
            });
    Path job = minion.path("cachedir").resolve("minion_jobs").resolve((String) jid);
    assertThat(job.resolve("return.p")).exists();
  }

  private static long count(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).count();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void a_minion_serves_several_masters_at_once() throws Exception {
    Options second = site.master("b", 2506, 2505, Map.of());
    site.start(master);
    TestSite.Events events = site.events(master);
    site.start(second);
    TestSite.Events others = site.events(second);
    site.startMinion(site.minion("m1", TWO, Map.of()));
    events.next(STARTED);
    others.next(STARTED);
    assertThat(site.run(master, events, "m1", "test.ping")).containsEntry("return", true);
    assertThat(site.run(second, others, "m1", "test.ping")).containsEntry("return", true);

    // A shell that gets the signal while it starts loses it when it becomes its only command.
    Path runs = directory.resolve("runs");
    String line = "trap 'exit 3' TERM; touch " + runs + "; while :; do sleep 0.1; done";
    String jid = site.publish(master, "m1", "cmd.run", line);
    TestSite.until("the job runs", () -> Files.exists(runs));
    assertThat(site.run(second, others, "m1", "saltutil.find_job", jid))
        .extractingByKey("return")
        .satisfies(job -> assertThat(((Map<?, ?>) job).get("jid")).isEqualTo(jid));
    assertThat((String) site.run(second, others, "m1", "saltutil.term_job", jid).get("return"))
        .startsWith("Signal 15 sent to job " + jid);
    assertThat(events.next("salt/job/" + jid + "/ret/m1").data()).containsEntry("retcode", 3L);
  }

  @Test
  void a_minion_fails_over_to_the_next_master_and_goes_back() throws Exception {
    Options second = site.master("b", 2506, 2505, Map.of());
    Master first = site.start(master);
    TestSite.Events events = site.events(master);
    site.start(second);
    TestSite.Events others = site.events(second);
    site.startMinion(
        site.minion(
            "m1",
            TWO,
            Map.of(
                "master_type",
                "failover",
                "master_alive_interval",
                1L,
                "master_failback",
                true,
                "auth_timeout",
                1L)));
    events.next(STARTED);
    site.close(events);
    site.close(first);
    others.next(STARTED);
    assertThat(site.run(second, others, "m1", "test.ping")).containsEntry("return", true);
    site.start(master);
    TestSite.Events again = site.events(master);
    again.next(STARTED);
    assertThat(site.run(master, again, "m1", "test.ping")).containsEntry("return", true);
  }

  @Test
  void a_master_that_is_down_at_start_is_passed_over() throws Exception {
    Options second = site.master("b", 2506, 2505, Map.of());
    site.start(second);
    TestSite.Events others = site.events(second);
    site.startMinion(site.minion("m1", TWO, Map.of("master_type", "failover", "auth_timeout", 1L)));
    others.next(STARTED);
  }

  @Test
  void the_mine_is_sent_at_start() throws Exception {
    site.start(master);
    site.startMinion(minion(Map.of("mine_functions", Map.of("test.ping", List.of()))));
    Path mine = master.path("cachedir").resolve("minions").resolve("m1").resolve("mine.p");
    TestSite.until("the mine is there", () -> Files.exists(mine));
  }

  @Test
  void events_on_the_minions_bus_are_acted_on() throws Exception {
    site.start(master);
    TestSite.Events events = site.events(master);
    Options minion = minion(Map.of());
    site.startMinion(minion);
    events.next(STARTED);
    TestSite.Events own = site.minionEvents(minion);
    // The minion counts as connected, and so passes events on, a moment after its start event.
    assertThat(site.run(master, events, "m1", "test.ping")).containsEntry("return", true);
    own.fire("fire_master", Map.of("tag", "my/tag", "data", Map.of("x", 1L)));
    assertThat(events.next("my/tag").data()).containsEntry("data", Map.of("x", 1L));
    own.fire("pillar_refresh", Map.of());
    assertThat(own.next("/salt/minion/minion_pillar_refresh_complete").data())
        .containsEntry("complete", true);
    assertThat(site.run(master, events, "m1", "event.fire", Map.of("y", 2L), "own/tag"))
        .containsEntry("return", true);
    assertThat(own.next("own/tag").data()).containsEntry("y", 2L);
  }

  @Test
  void disabled_modules_are_not_available() throws Exception {
    site.start(master);
    TestSite.Events events = site.events(master);
    site.startMinion(minion(Map.of("disable_modules", List.of("test", "cmdmod"))));
    events.next(STARTED);
    assertThat(site.run(master, events, "m1", "test.ping"))
        .containsEntry("return", "'test.ping' is not available.");
    assertThat(site.run(master, events, "m1", "cmd.run", "id"))
        .containsEntry("return", "'cmd.run' is not available.");
    List<Object> modules =
        new ArrayList<>((List<?>) site.run(master, events, "m1", "sys.list_modules").get("return"));
    assertThat(modules).contains("sys").doesNotContain("test", "cmd");
  }

  @ParameterizedTest
  @CsvSource({
    "startup_states, highstate",
    "sudo_user, somebody",
    "master_type, disable",
    "module_executors, splay",
    "transport, tcp",
  })
  void what_a_minion_does_not_do_is_refused_at_start(String option, String value)
      throws IOException {
    Options options = minion(Map.of()).with(option, value);
    assertThatThrownBy(() -> Minion.start(options, transport, Map::of, Clock.systemUTC()).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("option " + option + ": ");
  }

  @Test
  void a_second_minion_of_the_same_id_is_refused() throws Exception {
    Options options = minion(Map.of());
    site.startMinion(options);
    assertThatThrownBy(() -> site.startMinion(options))
        .hasMessageContaining(options.path("sock_dir").toString());
  }

  @Test
  void a_master_with_another_key_is_refused_by_the_name_of_the_file_to_delete() throws Exception {
    Master first = site.start(master);
    Options minion = minion(Map.of());
    assertThat(signIn(minion)).isInstanceOf(SignInResult.Accepted.class);
    site.close(first);
    site.start(
        site.master("a", 1506, 1505, Map.of("pki_dir", directory.resolve("pki2").toString())));
    assertThat(signIn(minion))
        .isInstanceOfSatisfying(
            SignInResult.Refused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(SignInResult.Why.MASTER_KEY_CHANGED);
              assertThat(refused.reason())
                  .contains(minion.path("pki_dir").resolve("minion_master.pub").toString());
            });
    Files.delete(minion.path("pki_dir").resolve("minion_master.pub"));
    assertThat(signIn(minion)).isInstanceOf(SignInResult.Accepted.class);
  }

  @Test
  void a_masters_key_can_be_proved_by_its_signature() throws Exception {
    Options signing = site.master("a", 1506, 1505, Map.of("master_sign_pubkey", true));
    site.start(signing);
    Options minion = minion(Map.of("verify_master_pubkey_sign", true));
    Path pki = Files.createDirectories(minion.path("pki_dir"));
    assertThat(signIn(minion))
        .isInstanceOfSatisfying(
            SignInResult.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(SignInResult.Why.PUBLIC_KEY_SIGNATURE));
    Files.copy(directory.resolve("pki/master_sign.pub"), pki.resolve("master_sign.pub"));
    assertThat(signIn(minion)).isInstanceOf(SignInResult.Accepted.class);
  }

  private SignInResult signIn(Options minion) {
    MasterAddress address = MasterAddress.parse(minion.text("master"), minion);
    try (MasterConnection connection =
        new MasterConnection(transport, minion, address, Map.of(), Clock.systemUTC())) {
      return connection.signInOnce();
    }
  }
}

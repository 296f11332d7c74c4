package salt.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import salt.common.event.Event;
import salt.common.payload.MalformedPayload;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalClientTest {
  private static final String JID = "20261124000000000001";
  private static final JobRequest PING =
      new JobRequest("*", "glob", "test.ping", List.of(), 1, Map.of("show_jid", false));

  /** Longer than any test, so that what comes has not been waited for. */
  private static final JobRequest PATIENT =
      new JobRequest("*", "glob", "test.ping", List.of(), 1000, Map.of());

  @TempDir private Path directory;

  private RespondingMaster master(Object reply) {
    return new RespondingMaster(directory, load -> reply);
  }

  private static List<MinionReturn> all(LocalClient client, Gathering job)
      throws InterruptedException {
    List<MinionReturn> all = new ArrayList<>();
    for (Optional<MinionReturn> next = client.next(job);
        next.isPresent();
        next = client.next(job)) {
      all.add(next.get());
    }
    return all;
  }

  private PublishFailure failure(RespondingMaster master) {
    try (LocalClient client = master.client()) {
      return catchThrowableOfType(PublishFailure.class, () -> client.start(PING));
    }
  }

  private PublishFailure failure(Object reply) {
    try (RespondingMaster master = master(reply)) {
      return failure(master);
    }
  }

  @Test
  void returns_are_given_as_they_come() throws InterruptedException {
    AtomicReference<RespondingMaster> self = new AtomicReference<>();
    Function<Map<?, ?>, Object> answer =
        load -> {
          // Faster than the reply, as a minion may be.
          self.get().returned(JID, "web1", true);
          self.get().returned("20261124000000000009", "web2", "of another job");
          return RespondingMaster.published(JID, List.of("web1", "web2"));
        };
    try (RespondingMaster master = new RespondingMaster(directory, answer).withBus();
        LocalClient client = master.client()) {
      self.set(master);
      Gathering job = client.publish(PATIENT);
      assertThat(client.next(job)).map(MinionReturn::id).contains("web1");
      master.returned(JID, "web2", List.of(1L));
      assertThat(client.next(job)).contains(new MinionReturn("web2", true, List.of(1L), 0L, null));
      assertThat(client.next(job)).isEmpty();
      assertThat(job.unreturned()).isEmpty();
      assertThat(master.requests)
          .singleElement()
          .satisfies(load -> assertThat(load.get("key")).isEqualTo(RespondingMaster.KEY));
    }
  }

  @Test
  void a_minion_that_never_answers_is_left_over_after_it_was_asked() throws InterruptedException {
    try (RespondingMaster master =
            master(RespondingMaster.published(JID, List.of("web1"))).withBus();
        LocalClient client = master.client()) {
      Gathering job = client.publish(PING);
      assertThat(all(client, job)).isEmpty();
      assertThat(job.unreturned()).containsExactly("web1");
      assertThat(master.requests).hasSize(2);
      Map<?, ?> question = master.requests.get(1);
      assertThat(question.get("fun")).isEqualTo("saltutil.find_job");
      assertThat(question.get("tgt")).isEqualTo(List.of("web1"));
      assertThat(question.containsKey("kwargs")).isFalse();
      assertThat(client.noReturn(JID, "web1").value().toString())
          .startsWith("Minion did not return. [No response]\nThe minions may not have")
          .endsWith("command:\n\nsalt-run jobs.lookup_jid " + JID);
    }
  }

  @Test
  void without_a_bus_the_job_cache_is_polled() throws InterruptedException {
    try (RespondingMaster master = master(RespondingMaster.published(JID, List.of("web1")));
        LocalClient client = master.client()) {
      master.jobs.open(JID, Map.of(), List.of("web1"), true).join();
      Gathering job = client.publish(PATIENT);
      master.jobs.store(JID, "web1", Map.of("return", "late")).join();
      assertThat(all(client, job)).extracting(MinionReturn::value).containsExactly("late");
    }
  }

  @Test
  void when_the_bus_closes_the_job_cache_is_polled() throws InterruptedException {
    try (RespondingMaster master =
            master(RespondingMaster.published(JID, List.of("web1", "web2"))).withBus();
        LocalClient client = master.client()) {
      master.jobs.open(JID, Map.of(), List.of("web1", "web2"), true).join();
      Gathering job = client.publish(PATIENT);
      master.returned(JID, "web1", true);
      assertThat(client.next(job)).map(MinionReturn::id).contains("web1");
      master.events.close();
      master.jobs.store(JID, "web2", Map.of("return", true)).join();
      assertThat(client.next(job)).map(MinionReturn::id).contains("web2");
    }
  }

  @Test
  void when_events_were_missed_the_job_cache_is_looked_at() throws InterruptedException {
    try (RespondingMaster master =
            master(RespondingMaster.published(JID, List.of("web1"))).withBus();
        LocalClient client = master.client()) {
      master.jobs.open(JID, Map.of(), List.of("web1"), true).join();
      Gathering job = client.publish(PATIENT);
      master.jobs.store(JID, "web1", Map.of("return", true)).join();
      master.events.fire(Event.MISSED, Map.of("missed", 7L));
      assertThat(all(client, job)).hasSize(1);
    }
  }

  @Test
  void without_bus_and_job_cache_nothing_is_published() {
    try (RespondingMaster master = master(Map.of());
        LocalClient client =
            new LocalClient(
                master.options().with("job_cache", false), master.transport, "root", Map.of())) {
      assertThatThrownBy(() -> client.publish(PING))
          .isInstanceOf(PublishFailure.class)
          .hasMessageStartingWith("Salt request timed out. The master is not responding.");
      assertThat(master.requests).isEmpty();
    }
  }

  @Test
  void a_master_that_is_down_is_named() {
    try (RespondingMaster master = master(Map.of())) {
      assertThat(directory.resolve("publish_pull.ipc").toFile().delete()).isTrue();
      PublishFailure failure = failure(master);
      assertThat(failure).hasMessage("The salt master could not be contacted. Is master running?");
      assertThat(failure.probableCause().orElse("")).contains("publish_pull.ipc");
    }
  }

  @Test
  void a_master_that_does_not_answer_is_named() {
    try (RespondingMaster master =
        new RespondingMaster(
            directory,
            load -> {
              throw new MalformedPayload("no reply");
            })) {
      LocalClient client =
          new LocalClient(master.options().with("ret_port", 1), master.transport, "root", Map.of());
      PublishFailure failure = catchThrowableOfType(PublishFailure.class, () -> client.start(PING));
      client.close();
      assertThat(failure).hasMessageStartingWith("Salt request timed out.");
      assertThat(failure.probableCause().orElse(""))
          .startsWith("nothing can be reached at 127.0.0.1:1 (options interface and ret_port");
    }
  }

  @Test
  void a_refusal_has_the_words_of_the_master() {
    PublishFailure failure =
        failure(
            Map.of(
                "error",
                Map.of("name", "AuthorizationError", "message", "Authorization error occurred.")));
    assertThat(failure).hasMessage("Authorization error occurred.");
    assertThat(failure.probableCause().orElse("")).contains("publisher_acl");
  }

  @Test
  void an_empty_reply_is_a_refusal() {
    assertThat(failure("")).hasMessageStartingWith("Failed to authenticate!");
    assertThat(failure(Map.of())).hasMessageStartingWith("Failed to authenticate!");
    assertThat(failure("bad load")).hasMessage("bad load");
  }

  @Test
  void a_key_that_has_changed_is_read_again() {
    Function<Map<?, ?>, Object> answer =
        load -> {
          if (load.get("key").equals("fresh")) {
            return RespondingMaster.published(JID, List.of("web1"));
          }
          try {
            Files.writeString(directory.resolve(".root_key"), "fresh");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Map.of();
        };
    try (RespondingMaster master = new RespondingMaster(directory, answer);
        LocalClient client = master.client()) {
      assertThat(client.start(PING).jid()).isEqualTo(JID);
    }
  }

  @Test
  void a_missing_key_file_is_named() {
    try (RespondingMaster master = master(Map.of())) {
      assertThat(directory.resolve(".root_key").toFile().delete()).isTrue();
      assertThat(failure(master).probableCause().orElse(""))
          .startsWith("there is no key file " + directory.resolve(".root_key"));
      assertThat(master.requests.get(0).get("key")).isEqualTo("");
    }
  }

  @Test
  void root_by_way_of_sudo_is_named_after_who_called() {
    try (RespondingMaster master = master(RespondingMaster.published(JID, List.of("web1")));
        LocalClient client =
            new LocalClient(
                master.options(), master.transport, "root", Map.of("SUDO_USER", "kim"))) {
      client.start(PING);
      assertThat(master.requests.get(0).get("user")).isEqualTo("sudo_kim");
      assertThat(master.requests.get(0).get("key")).isEqualTo(RespondingMaster.KEY);
    }
  }

  @Test
  void other_users_have_keys_of_their_own() {
    try (RespondingMaster master = master(RespondingMaster.published(JID, List.of("web1")));
        LocalClient client = new LocalClient(master.options(), master.transport, "kim", Map.of())) {
      master.write(".kim_key", "kim's");
      client.start(PING);
      assertThat(master.requests.get(0).get("user")).isEqualTo("kim");
      assertThat(master.requests.get(0).get("key")).isEqualTo("kim's");
    }
  }

  @Test
  void nobody_is_told_with_what_may_have_been_meant() throws IOException {
    Files.createDirectories(directory.resolve("minions"));
    Files.writeString(directory.resolve("minions").resolve("database1"), "");
    Map<String, Object> nobody = new LinkedHashMap<>();
    nobody.put("jid", null);
    nobody.put("minions", List.of());
    nobody.put("error", "Master could not resolve minions for target databsae1");
    try (RespondingMaster master = master(Map.of("enc", "clear", "load", nobody));
        LocalClient client = master.client()) {
      JobRequest request = new JobRequest("databsae1", "glob", "test.ping", List.of(), 1, Map.of());
      PublishFailure failure =
          catchThrowableOfType(PublishFailure.class, () -> client.start(request));
      assertThat(failure)
          .hasMessage("No minions matched the target. No command was sent, no jid was assigned.");
      assertThat(failure.matchedNobody()).isTrue();
      assertThat(failure.probableCause()).contains("did you mean database1?");
    }
  }

  @Test
  void a_nodegroup_is_sent_as_what_it_stands_for() {
    try (RespondingMaster master = master(RespondingMaster.published(JID, List.of("web1")));
        LocalClient client =
            new LocalClient(
                master.options().with("nodegroups", Map.of("web", "L@web1,web2")),
                master.transport,
                "root",
                Map.of())) {
      client.start(new JobRequest("web", "nodegroup", "test.ping", List.of(), 1, Map.of()));
      assertThat(master.requests.get(0).get("tgt")).isEqualTo("L@web1,web2");
      assertThat(master.requests.get(0).get("tgt_type")).isEqualTo("compound");
      assertThatThrownBy(
              () ->
                  client.start(
                      new JobRequest("db", "nodegroup", "test.ping", List.of(), 1, Map.of())))
          .hasMessage("Node group db unavailable in /etc/salt/master");
    }
  }

  @Test
  void several_jobs_are_gathered_side_by_side() throws InterruptedException {
    String second = "20261124000000000002";
    List<String> jids = new ArrayList<>(Arrays.asList(JID, second));
    try (RespondingMaster master =
            new RespondingMaster(
                    directory, load -> RespondingMaster.published(jids.remove(0), List.of("web1")))
                .withBus();
        LocalClient client = master.client()) {
      Gathering one = client.publish(PATIENT);
      Gathering two = client.publish(PATIENT);
      master.returned(second, "web1", 2L);
      master.returned(JID, "web1", 1L);
      assertThat(all(client, one)).extracting(MinionReturn::value).containsExactly(1L);
      assertThat(all(client, two)).extracting(MinionReturn::value).containsExactly(2L);
    }
  }
}

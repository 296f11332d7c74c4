package salt.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.event.Event;
import salt.master.job.LocalJobCache;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GatheringTest {
  private static final String JID = "20261124000000000001";
  private static final String ASKED = "20261124000000000002";
  private static final int TIMEOUT = 5;
  private static final int GATHER = 10;

  @TempDir private Path directory;
  private LocalJobCache cache;
  private final List<JobRequest> asked = new ArrayList<>();
  private Gathering gathering;

  @BeforeEach
  void open() {
    cache = new LocalJobCache(directory, "sha256");
    cache.open(JID, Map.of(), List.of("web1", "web2"), true).join();
    cache.open(ASKED, Map.of(), List.of("web1", "web2"), true).join();
    gathering = gathering(List.of("web1", "web2"), List.of());
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private Gathering gathering(List<String> minions, List<String> missing) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("cachedir", directory.toString());
    options.put("hash_type", "sha256");
    options.put("job_cache", true);
    FindJob findJob =
        new FindJob(
            GATHER,
            Map.of("delimiter", ":"),
            request -> {
              asked.add(request);
              return Optional.of(ASKED);
            });
    return new Gathering(
        new PublishedJob(JID, minions, missing),
        TimeUnit.SECONDS.toNanos(TIMEOUT),
        findJob,
        new JobCacheView(Options.of(options)),
        0);
  }

  private static long at(int seconds) {
    return TimeUnit.SECONDS.toNanos(seconds) + 1;
  }

  private void returns(String id, Object value, int seconds) {
    gathering.accept(
        JID,
        new Event(
            "salt/job/" + JID + "/ret/" + id, Map.of("id", id, "return", value, "retcode", 0L)),
        at(seconds));
  }

  private void says(String id, Object job, int seconds) {
    gathering.accept(
        ASKED,
        new Event("salt/job/" + ASKED + "/ret/" + id, Map.of("id", id, "return", job)),
        at(seconds));
  }

  private List<String> taken() {
    List<String> ids = new ArrayList<>();
    for (Optional<MinionReturn> next = gathering.poll();
        next.isPresent();
        next = gathering.poll()) {
      ids.add(next.get().id());
    }
    return ids;
  }

  @Test
  void it_ends_when_all_minions_have_returned() {
    returns("web2", true, 1);
    assertThat(taken()).containsExactly("web2");
    assertThat(gathering.isFinished()).isFalse();
    returns("web1", true, 1);
    assertThat(gathering.isFinished()).isTrue();
    assertThat(taken()).containsExactly("web1");
    assertThat(gathering.unreturned()).isEmpty();
  }

  @Test
  void a_return_that_comes_twice_is_given_once() {
    returns("web1", true, 1);
    returns("web1", false, 1);
    assertThat(taken()).containsExactly("web1");
  }

  @Test
  void a_minion_that_nobody_expected_is_given_but_not_waited_for() {
    returns("web9", true, 1);
    assertThat(taken()).containsExactly("web9");
    assertThat(gathering.isFinished()).isFalse();
  }

  @Test
  void after_the_timeout_the_missing_ones_are_asked() {
    returns("web1", true, 1);
    gathering.advance(true, at(TIMEOUT - 1));
    assertThat(asked).isEmpty();
    gathering.advance(true, at(TIMEOUT));
    assertThat(asked)
        .containsExactly(
            new JobRequest(
                List.of("web2"),
                "list",
                "saltutil.find_job",
                List.of(JID),
                GATHER,
                Map.of("delimiter", ":")));
  }

  @Test
  void who_does_not_answer_is_given_up_after_the_second_timeout() {
    gathering.advance(true, at(TIMEOUT));
    gathering.advance(true, at(TIMEOUT + GATHER - 1));
    assertThat(gathering.isFinished()).isFalse();
    gathering.advance(true, at(TIMEOUT + GATHER));
    assertThat(gathering.isFinished()).isTrue();
    assertThat(gathering.unreturned()).containsExactly("web1", "web2");
  }

  @Test
  void who_does_not_run_it_any_more_is_given_up_as_well() {
    gathering.advance(true, at(TIMEOUT));
    says("web1", Map.of(), TIMEOUT + 1);
    says("web2", Map.of(), TIMEOUT + 1);
    gathering.advance(true, at(TIMEOUT + GATHER));
    assertThat(gathering.isFinished()).isTrue();
    assertThat(asked).hasSize(1);
  }

  @Test
  void who_runs_it_is_waited_for_and_asked_again() {
    gathering.advance(true, at(TIMEOUT));
    says("web1", Map.of("fun", "test.sleep"), TIMEOUT + 1);
    gathering.advance(true, at(TIMEOUT + GATHER));
    assertThat(gathering.isFinished()).isFalse();
    assertThat(asked).hasSize(2);
    returns("web1", true, TIMEOUT + GATHER + 1);
    gathering.advance(true, at(TIMEOUT + GATHER + GATHER));
    assertThat(gathering.isFinished()).isTrue();
    assertThat(taken()).containsExactly("web1");
    assertThat(gathering.unreturned()).containsExactly("web2");
  }

  @Test
  void who_answers_late_is_waited_for_another_timeout() {
    gathering.advance(true, at(TIMEOUT));
    says("web1", Map.of("fun", "test.sleep"), TIMEOUT + GATHER - 1);
    gathering.advance(true, at(TIMEOUT + GATHER));
    gathering.advance(true, at(TIMEOUT + GATHER + GATHER));
    assertThat(gathering.isFinished()).isTrue();
    assertThat(asked).hasSize(2);
  }

  @Test
  void an_error_in_place_of_an_answer_is_no_sign_of_life() {
    gathering.advance(true, at(TIMEOUT));
    says("web1", "'saltutil.find_job' is not available.", TIMEOUT + 1);
    gathering.advance(true, at(TIMEOUT + GATHER));
    assertThat(gathering.isFinished()).isTrue();
  }

  @Test
  void a_return_whose_event_was_missed_is_found_in_the_job_cache() {
    cache.store(JID, "web2", Map.of("return", "late", "retcode", 3L)).join();
    returns("web1", true, 1);
    gathering.advance(true, at(1));
    assertThat(gathering.isFinished()).isTrue();
    assertThat(gathering.poll()).map(MinionReturn::id).contains("web1");
    assertThat(gathering.poll())
        .contains(new MinionReturn("web2", true, "late", 3L, null))
        .map(MinionReturn::exitCode)
        .contains(3);
  }

  @Test
  void before_asking_the_job_cache_is_looked_at() {
    gathering.advance(true, at(1));
    cache.store(JID, "web1", Map.of("return", true)).join();
    cache.store(JID, "web2", Map.of("return", true)).join();
    gathering.advance(true, at(TIMEOUT));
    assertThat(gathering.isFinished()).isTrue();
    assertThat(asked).isEmpty();
  }

  @Test
  void before_giving_up_the_job_cache_is_looked_at() {
    gathering.advance(true, at(TIMEOUT));
    gathering.advance(true, at(TIMEOUT + GATHER - 1));
    cache.store(JID, "web1", Map.of("return", true)).join();
    gathering.advance(true, at(TIMEOUT + GATHER));
    assertThat(taken()).containsExactly("web1");
    assertThat(gathering.unreturned()).containsExactly("web2");
  }

  @Test
  void when_events_were_missed_the_job_cache_is_looked_at_at_once() {
    gathering.advance(true, at(1));
    cache.store(JID, "web1", Map.of("return", true)).join();
    gathering.lookNow(at(2));
    gathering.advance(true, at(2));
    assertThat(taken()).containsExactly("web1");
  }

  @Test
  void without_events_the_job_cache_has_all_including_who_still_runs_the_job() {
    gathering.advance(false, at(TIMEOUT));
    cache.store(ASKED, "web1", Map.of("return", Map.of("fun", "test.sleep"))).join();
    cache.store(ASKED, "web2", Map.of("return", Map.of())).join();
    gathering.advance(false, at(TIMEOUT + 1));
    gathering.advance(false, at(TIMEOUT + GATHER));
    assertThat(gathering.isFinished()).isFalse();
    cache.store(JID, "web1", Map.of("return", true)).join();
    gathering.advance(false, at(TIMEOUT + GATHER + 1));
    assertThat(taken()).containsExactly("web1");
  }

  @Test
  void without_events_it_is_due_four_times_a_second() {
    assertThat(gathering.due(false, 0)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    assertThat(gathering.due(true, 0)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
  }

  @Test
  void names_that_are_no_minions_are_missing_unless_they_return() {
    gathering = gathering(List.of("web1"), List.of("web8", "web7"));
    assertThat(gathering.missing()).containsExactly("web7", "web8");
    returns("web7", true, 1);
    assertThat(gathering.missing()).containsExactly("web8");
  }

  @Test
  void a_refusal_is_a_failure() {
    Event refusal = new Event("salt/job/" + JID + "/error", Map.of("error", "no"));
    assertThatThrownBy(() -> gathering.accept(JID, refusal, at(1)))
        .isInstanceOf(PublishFailure.class)
        .hasMessage("Authorization error occurred");
  }
}

package salt.master.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import salt.common.event.EventBus;
import salt.common.event.EventBusOptions;
import salt.common.target.KnownMinions;
import salt.common.target.Minion;
import salt.common.target.TargetCheck;
import salt.master.runner.MinionClient.Gathered;
import salt.master.runner.MinionClient.Order;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublishedJobsTest {
  private final EventBus bus = new EventBus(EventBusOptions.DEFAULT, Clock.systemUTC());
  private final List<Map<String, Object>> published = new ArrayList<>();
  private final AtomicInteger jids = new AtomicInteger();

  @AfterEach
  void close() {
    bus.close();
  }

  private Gathered run(String target, BiConsumer<Map<String, Object>, String> minions) {
    KnownMinions known =
        new KnownMinions() {
          @Override
          public Collection<String> accepted() {
            return List.of("web1", "web2");
          }

          @Override
          public Set<String> cached() {
            return Set.of();
          }

          @Override
          public Minion data(String id) {
            return null;
          }
        };
    return new PublishedJobs(
            new TargetCheck(known, Map.of(), false),
            (load, ids, missing) -> {
              published.add(load);
              ids.forEach(id -> minions.accept(load, id));
              return CompletableFuture.completedFuture(null);
            },
            bus,
            () -> String.valueOf(jids.incrementAndGet()),
            "boss")
        .run(new Order(target, "glob", "test.ping", List.of(), 1, 1));
  }

  private void answer(Map<String, Object> load, String id, Object value) {
    bus.fire(
        "salt/job/" + load.get("jid") + "/ret/" + id,
        Map.of("id", id, "return", value, "retcode", 0L));
  }

  @Test
  void all_returns_are_gathered() {
    Gathered gathered = run("*", (load, id) -> answer(load, id, "pong " + id));
    assertThat(gathered.minions()).containsExactly("web1", "web2");
    assertThat(gathered.returns())
        .containsEntry("web2", Map.of("return", "pong web2", "retcode", 0L));
    assertThat(published).hasSize(1);
    assertThat(published.get(0)).containsEntry("user", "boss").containsEntry("tgt", "*");
  }

  @Test
  void a_minion_that_does_not_say_that_it_works_is_given_up() {
    Gathered gathered =
        run(
            "*",
            (load, id) -> {
              if (id.equals("web1")) {
                answer(load, id, true);
              }
            });
    assertThat(gathered.returns()).containsOnlyKeys("web1");
    assertThat(published).hasSize(2);
    assertThat(published.get(1))
        .containsEntry("fun", "saltutil.find_job")
        .containsEntry("tgt", List.of("web2"))
        .containsEntry("arg", List.of("1"));
  }

  @Test
  void a_minion_that_still_works_gets_more_time() {
    Gathered gathered =
        run(
            "web1",
            (load, id) -> {
              if (load.get("fun").equals("saltutil.find_job")) {
                answer(load, id, Map.of("jid", "1"));
                answer(published.get(0), id, "late");
              }
            });
    assertThat(gathered.returns()).containsEntry("web1", Map.of("return", "late", "retcode", 0L));
  }

  @Test
  void nothing_is_published_for_nobody() {
    assertThat(run("db*", (load, id) -> answer(load, id, true)).minions()).isEmpty();
    assertThat(published).isEmpty();
  }
}

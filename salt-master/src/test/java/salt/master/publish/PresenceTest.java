package salt.master.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.event.Event;
import salt.common.event.EventBus;
import salt.common.event.EventBusOptions;
import salt.common.event.EventSubscription;
import salt.master.cache.ConnectedMinions;
import salt.master.cache.MinionCache;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PresenceTest {
  @TempDir private Path cachedir;

  @Test
  void changes_are_told_before_who_is_present() throws InterruptedException {
    MinionCache cache = new MinionCache(cachedir, List::of, Clock.systemUTC());
    cache.store("web1", Map.of("ipv4", List.of("10.0.0.1")), Map.of());
    cache.store("web2", Map.of("ipv4", List.of("10.0.0.2")), Map.of());
    List<String> peers = new ArrayList<>(List.of("10.0.0.1"));
    try (EventBus bus = new EventBus(EventBusOptions.DEFAULT, Clock.systemUTC());
        EventSubscription events = bus.subscribe("salt/presence/")) {
      Presence presence = new Presence(new ConnectedMinions(cache, () -> peers), bus);
      presence.run();
      presence.run();
      peers.set(0, "10.0.0.2");
      presence.run();
      expect(events, "change", Map.of("new", List.of("web1"), "lost", List.of()));
      expect(events, "present", Map.of("present", List.of("web1")));
      expect(events, "present", Map.of("present", List.of("web1")));
      expect(events, "change", Map.of("new", List.of("web2"), "lost", List.of("web1")));
      expect(events, "present", Map.of("present", List.of("web2")));
    }
  }

  private static void expect(EventSubscription events, String what, Map<String, Object> data)
      throws InterruptedException {
    Event event = events.next(Duration.ofSeconds(10)).orElseThrow();
    assertThat(event.tag()).isEqualTo("salt/presence/" + what);
    assertThat(event.data()).containsAllEntriesOf(data);
  }
}

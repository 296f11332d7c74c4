package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventModuleTest {
  private static FixedMinion minion() {
    FixedMinion minion =
        new FixedMinion(
            Map.of("file_client", "remote", "pillarenv", "dev"),
            Map.of("os", "Debian"),
            Map.of("key", "value"));
    minion.connected = true;
    return minion;
  }

  @Test
  void without_a_master_nothing_is_sent() {
    FixedMinion minion = minion();
    minion.connected = false;
    assertThat(minion.call("event.send", List.of("t/1"), Map.of())).isEqualTo(false);
    assertThat(minion.events).isEmpty();
  }

  @Test
  void a_masterless_minion_sends_only_when_it_is_told_to() {
    FixedMinion local = new FixedMinion(Map.of("file_client", "local"), Map.of(), Map.of());
    local.connected = true;
    assertThat(local.call("event.send", List.of("t/1"), Map.of())).isEqualTo(false);
    FixedMinion told =
        new FixedMinion(
            Map.of("file_client", "local", "use_master_when_local", true), Map.of(), Map.of());
    told.connected = true;
    assertThat(told.call("event.send", List.of("t/1"), Map.of())).isEqualTo(true);
  }

  @Test
  void data_are_put_together_and_win_over_keyword_arguments() {
    FixedMinion minion = minion();
    Map<String, Object> kwargs = new LinkedHashMap<>();
    kwargs.put("with_grains", List.of("os", "nosuch"));
    kwargs.put("with_pillar", true);
    kwargs.put("with_env_opts", true);
    kwargs.put("a", 2L);
    kwargs.put("b", 3L);
    kwargs.put("__pub_jid", "1");
    minion.call("event.send", List.of("t/1", Map.of("a", 1L)), kwargs);
    assertThat(minion.events)
        .containsExactly(
            "t/1 {grains={os=Debian}, pillar={key=value}, saltenv=base, pillarenv=dev,"
                + " a=1, b=3, __pub_jid=1}");
  }

  @Test
  void data_that_are_no_map_are_left_out_by_send_and_kept_by_fire_master() {
    FixedMinion minion = minion();
    minion.call("event.send", List.of("t/1", "text"), Map.of());
    minion.call("event.fire_master", List.of("text", "t/2"), Map.of());
    assertThat(minion.events).containsExactly("t/1 {}");
    assertThat(minion.requests)
        .containsExactly(Map.of("cmd", "_minion_event", "tag", "t/2", "data", "text"));
  }

  @Test
  void a_preload_adds_fields_to_the_message() {
    FixedMinion minion = minion();
    minion.call("event.fire_master", List.of(Map.of("a", 1L), "t/1", Map.of("x", 1L)), Map.of());
    assertThat(minion.requests)
        .containsExactly(
            Map.of("cmd", "_minion_event", "tag", "t/1", "data", Map.of("a", 1L), "x", 1L));
  }

  @Test
  void fire_uses_the_minions_own_bus_and_takes_maps_only() {
    FixedMinion minion = minion();
    assertThat(minion.call("event.fire", List.of(Map.of("a", 1L), "t/1"), Map.of()))
        .isEqualTo(true);
    assertThat(minion.call("event.fire", List.of("x", "t/1"), Map.of())).isEqualTo(false);
    assertThat(minion.events).containsExactly("own t/1 {a=1}");
  }
}

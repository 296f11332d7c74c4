package salt.master.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.payload.MessagePack;
import salt.common.target.TargetCheck;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MineCacheTest {
  @TempDir Path cachedir;
  private Options options;
  private MinionCache minions;
  private MineCache mine;

  @BeforeEach
  void two_minions_and_one_without_data() {
    options = Options.of(Map.of("cachedir", cachedir.toString(), "minion_data_cache", true));
    minions = new MinionCache(cachedir, () -> List.of("db1", "new", "web1"), new TestClock());
    minions.store("web1", Map.of("os", "Rocky"), Map.of("role", "web"));
    minions.store("db1", Map.of("os", "Debian"), Map.of("role", "db"));
    mine = mine(options);
    mine.store("web1", Map.of("test.ping", true, "network.ip_addrs", List.of("10.0.0.1")), false);
    mine.store("db1", Map.of("test.ping", true), false);
  }

  private MineCache mine(Options with) {
    return new MineCache(with, new TargetCheck(minions, Map.of(), true));
  }

  private Object get(String target, String type, Object functions) {
    return mine.get("web1", target, type, functions);
  }

  @Test
  void results_lie_in_Salts_file() throws Exception {
    Path file = cachedir.resolve("minions/db1/mine.p");
    assertThat(MessagePack.unpack(Files.readAllBytes(file))).isEqualTo(Map.of("test.ping", true));
  }

  @Test
  void one_function_gives_results_by_minion() {
    assertThat(get("*", "glob", "test.ping")).isEqualTo(Map.of("web1", true, "db1", true));
    assertThat(get("*", "glob", "network.ip_addrs")).isEqualTo(Map.of("web1", List.of("10.0.0.1")));
    assertThat(get("*", "glob", "nope")).isEqualTo(Map.of());
  }

  @Test
  void several_functions_give_results_by_function() {
    Map<String, Object> both =
        Map.of(
            "test.ping", Map.of("web1", true, "db1", true),
            "network.ip_addrs", Map.of("web1", List.of("10.0.0.1")));
    assertThat(get("*", "glob", "test.ping,network.ip_addrs")).isEqualTo(both);
    assertThat(get("*", "glob", List.of("test.ping", "network.ip_addrs"))).isEqualTo(both);
    assertThat(get("*", "glob", List.of("test.ping")))
        .isEqualTo(Map.of("test.ping", Map.of("web1", true, "db1", true)));
    assertThat(get("*", "glob", "test.ping,test.ping")).isEqualTo(get("*", "glob", "test.ping"));
  }

  @Test
  void targets_are_by_grains_and_by_exact_pillar() {
    assertThat(get("os:R*", "grain", "test.ping")).isEqualTo(Map.of("web1", true));
    assertThat(get("role:db", "pillar", "test.ping")).isEqualTo(Map.of("db1", true));
    assertThat(get("role:d*", "pillar", "test.ping")).isEqualTo(Map.of());
    assertThat(get("I@role:d* or I@role:web", "compound", "test.ping"))
        .isEqualTo(Map.of("web1", true));
  }

  @Test
  void new_results_join_the_old_unless_these_are_cleared() {
    mine.store("db1", Map.of("a.b", 1L), false);
    assertThat(get("db1", "glob", List.of("test.ping", "a.b")))
        .isEqualTo(Map.of("test.ping", Map.of("db1", true), "a.b", Map.of("db1", 1L)));
    mine.store("db1", Map.of("c.d", 2L), true);
    assertThat(get("db1", "glob", List.of("test.ping", "a.b", "c.d")))
        .isEqualTo(Map.of("c.d", Map.of("db1", 2L)));
  }

  @Test
  void a_function_can_be_taken_out_and_the_mine_emptied() {
    assertThat(mine.delete("web1", "test.ping")).isTrue();
    assertThat(mine.delete("web1", "nope")).isTrue();
    assertThat(mine.delete("new", "nope")).isTrue();
    assertThat(get("web1", "glob", "test.ping")).isEqualTo(Map.of());
    assertThat(mine.flush("web1")).isTrue();
    assertThat(mine.flush("web1")).isFalse();
    assertThat(get("web1", "glob", "network.ip_addrs")).isEqualTo(Map.of());
  }

  @Test
  void a_result_may_be_for_some_minions_only() {
    mine.store("db1", Map.of("secret", wrapped("web*", "glob")), false);
    assertThat(mine.get("web1", "*", "glob", "secret")).isEqualTo(Map.of("db1", "s3"));
    assertThat(mine.get("new", "*", "glob", "secret")).isEmpty();
    assertThat(mine.get("db1", "*", "glob", "secret")).isEmpty();
    mine.store("db1", Map.of("secret", wrapped("os:Debian", "grain")), false);
    assertThat(mine.get("db1", "*", "glob", "secret")).isEqualTo(Map.of("db1", "s3"));
    assertThat(mine.get("web1", "*", "glob", "secret")).isEmpty();
    mine.store("db1", Map.of("secret", wrapped("nobody", "glob")), false);
    assertThat(mine.get("web1", "*", "glob", "secret")).isEmpty();
    Map<String, Object> open = Map.of("__saltmine_acl__", 1L, "__data__", "s3");
    mine.store("db1", Map.of("secret", open), false);
    assertThat(mine.get("new", "*", "glob", "secret")).isEqualTo(Map.of("db1", "s3"));
  }

  private static Map<String, Object> wrapped(String target, String type) {
    return Map.of(
        "__saltmine_acl__", 1L, "__data__", "s3", "allow_tgt", target, "allow_tgt_type", type);
  }

  @Test
  void the_master_limits_who_may_ask_for_what() {
    mine = mine(options.with("mine_get", Map.of("web.*", List.of("network\\..*"), "(", List.of())));
    assertThat(mine.get("web1", "*", "glob", "network.ip_addrs"))
        .isEqualTo(Map.of("web1", List.of("10.0.0.1")));
    assertThat(mine.get("web1", "*", "glob", "test.ping")).isEmpty();
    assertThat(mine.get("db1", "*", "glob", "network.ip_addrs")).isEmpty();
    mine = mine(options.with("mine_get", "broken"));
    assertThat(mine.get("web1", "*", "glob", "network.ip_addrs")).isEmpty();
  }

  @Test
  void nothing_is_kept_without_a_cache() {
    mine = mine(options.with("minion_data_cache", false));
    mine.store("new", Map.of("a.b", 1L), false);
    assertThat(cachedir.resolve("minions/new")).doesNotExist();
    assertThat(mine.flush("web1")).isTrue();
    assertThat(cachedir.resolve("minions/web1/mine.p")).exists();
  }
}

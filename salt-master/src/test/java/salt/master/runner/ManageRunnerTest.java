package salt.master.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import salt.common.daemon.Release;
import salt.master.cache.MinionCache;
import salt.master.key.KeyState;
import salt.master.key.KeyStore;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManageRunnerTest {
  @TempDir private Path directory;
  private RunnerFixture site;
  private KeyStore keys;
  private MinionCache cache;

  @BeforeEach
  void open() {
    site = new RunnerFixture(directory);
    keys = new KeyStore(directory.resolve("pki"));
    keys.createDirectories();
    for (String id : List.of("web1", "web2", "db1")) {
      keys.write(KeyState.ACCEPTED, id, "key");
    }
    cache =
        new MinionCache(
            directory.resolve("cache"), () -> keys.list(KeyState.ACCEPTED), Clock.systemUTC());
    cache.store("web1", Map.of("os", "Debian"), Map.of("role", "web"));
    cache.store("db1", Map.of("os", "Rocky"), Map.of());
    site.minions(
        List.of("web2", "web1", "db1"),
        Map.of("web2", Map.of("return", true), "web1", Map.of("return", true)));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void minions_that_answer_are_up() {
    assertThat(site.returned("manage.status"))
        .isEqualTo(Map.of("up", List.of("web1", "web2"), "down", List.of("db1")));
    assertThat(site.returned("manage.up")).isEqualTo(List.of("web1", "web2"));
    site.runNamed(
        "manage.down",
        Map.of("tgt", "web*", "tgt_type", "pcre", "timeout", 9L, "gather_job_timeout", 2L));
    assertThat(site.orders.get(0))
        .isEqualTo(new MinionClient.Order("*", "glob", "test.ping", List.of(), 3, 7));
    assertThat(site.orders.get(2))
        .isEqualTo(new MinionClient.Order("web*", "pcre", "test.ping", List.of(), 9, 2));
  }

  @Test
  void keys_of_minions_that_are_down_are_removed_on_demand() {
    assertThat(site.returned("manage.down", true)).isEqualTo(List.of("db1"));
    assertThat(keys.list(KeyState.ACCEPTED)).containsExactly("web1", "web2");
  }

  @Test
  void versions_are_grouped() {
    Map<String, Map<String, Object>> returns = new LinkedHashMap<>();
    returns.put("new", Map.of("return", "9999.1", "retcode", 0L));
    returns.put("old", Map.of("return", "3004.2", "retcode", 0L));
    returns.put("same", Map.of("return", Release.SALT, "retcode", 0L));
    returns.put("bad", Map.of("return", "error", "retcode", 1L));
    site.minions(List.of("new", "old", "same", "bad", "late"), returns);
    Map<?, ?> versions = (Map<?, ?>) site.returned("manage.versions");
    assertThat(versions)
        .isEqualTo(
            Map.of(
                "Minion newer than master", Map.of("new", "9999.1"),
                "Minion requires update", Map.of("old", "3004.2"),
                "Up to date", Map.of("same", Release.SALT),
                "Minion offline", Map.of("bad", false, "late", false),
                "Master", Release.SALT));
  }

  @ParameterizedTest
  @CsvSource({
    "3006.28, 3006.28, 0",
    "3006.9, 3006.28, -1",
    "3007.0rc1, 3007.0, -1",
    "3007, 3007.0, 0",
    "v3008.1, 3007.4, 1"
  })
  void versions_are_compared_by_their_numbers(String one, String other, int expected) {
    assertThat(Integer.signum(new SaltVersion(one).compareTo(new SaltVersion(other))))
        .isEqualTo(expected);
  }

  @Test
  void nobody_is_present_without_connections() {
    assertThat(site.returned("manage.present")).isEqualTo(List.of());
    assertThat(site.returned("manage.list_not_state")).isEqualTo(List.of("db1", "web1", "web2"));
    assertThat(site.runNamed("manage.not_alived", Map.of("subset", List.of("db1", "x"))))
        .containsEntry("return", List.of("db1"));
  }

  @Test
  void cached_grains_and_pillar_are_shown_and_forgotten() {
    assertThat(site.returned("cache.grains", "web*"))
        .isEqualTo(Map.of("web1", Map.of("os", "Debian")));
    assertThat(site.returned("cache.pillar")).isEqualTo(Map.of("web1", Map.of("role", "web")));
    assertThat(site.returned("cache.clear_pillar")).isEqualTo(false);
    assertThat(site.returned("cache.clear_grains", "web1")).isEqualTo(true);
    assertThat(site.returned("cache.grains", "*")).isEqualTo(Map.of("db1", Map.of("os", "Rocky")));
  }
}

package salt.master.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectedMinionsTest {
  @TempDir private Path cachedir;
  private MinionCache cache;

  @BeforeEach
  void remember() {
    cache = new MinionCache(cachedir, List::of, new TestClock());
    cache.store("web1", Map.of("ipv4", List.of("127.0.0.1", "10.0.0.1")), Map.of());
    cache.store("web2", Map.of("ipv6", List.of("::1", "fd00:0:0::2")), Map.of());
    cache.store("web3", Map.of("ipv4", List.of("127.0.0.1")), Map.of());
    cache.store("web4", Map.of(), Map.of());
  }

  private Map<String, String> find(String... peers) {
    return new ConnectedMinions(cache, () -> List.of(peers)).find();
  }

  @Test
  void minions_are_found_by_the_addresses_in_their_grains() {
    assertThat(find("10.0.0.1", "10.0.0.9")).containsExactly(Map.entry("web1", "10.0.0.1"));
    assertThat(find("fd00::2")).containsOnlyKeys("web2");
    assertThat(find("10.0.0.1", "fd00::2%eth0")).containsOnlyKeys("web1", "web2");
  }

  @Test
  void the_loopback_tells_nobody_apart() {
    assertThat(find("127.0.0.1")).doesNotContainKeys("web1", "web3");
    assertThat(find()).isEmpty();
  }

  @Test
  void connections_of_this_machine_are_read_from_the_kernel() {
    assertThat(new TcpConnections(1).peers()).isEmpty();
  }
}

package salt.master.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.target.Minion;
import salt.common.target.TargetCheck;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MinionCacheTest {
  /** data.p as Salt 3006.28 writes it. */
  private static final String WRITTEN_BY_SALT =
      "82a6677261696e7383a26964a477656231a26f73a5526f636b79a178d92879797979797979797979797979797979797979797979797979797979797979797979797979797979a670696c6c617281a1619301c0c3";

  private static final Map<String, Object> GRAINS =
      Map.of("id", "web1", "os", "Rocky", "x", "y".repeat(40));
  private static final Map<String, Object> PILLAR = Map.of("a", Arrays.asList(1L, null, true));

  @TempDir Path cachedir;
  private final TestClock clock = new TestClock();

  private MinionCache cache() {
    return new MinionCache(cachedir, () -> List.of("web1", "web2"), clock);
  }

  @Test
  void data_of_real_Salt_is_read() throws IOException {
    Path file = cachedir.resolve("minions/web1/data.p");
    Files.createDirectories(file.getParent());
    Files.write(file, HexFormat.of().parseHex(WRITTEN_BY_SALT));
    assertThat(cache().data("web1")).isEqualTo(new Minion("web1", GRAINS, PILLAR));
    assertThat(cache().cached()).containsExactly("web1");
  }

  @Test
  void data_is_written_as_Salt_writes_it_and_closed_to_others() throws IOException {
    Map<String, Object> grains = new LinkedHashMap<>();
    List.of("id", "os", "x").forEach(name -> grains.put(name, GRAINS.get(name)));
    cache().store("web1", grains, PILLAR);
    Path file = cachedir.resolve("minions/web1/data.p");
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file))).isEqualTo(WRITTEN_BY_SALT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void what_is_stored_is_seen_at_once() {
    MinionCache cache = cache();
    assertThat(cache.data("web1")).isNull();
    assertThat(cache.cached()).isEmpty();
    cache.store("web1", GRAINS, PILLAR);
    assertThat(cache.data("web1").grains()).isEqualTo(GRAINS);
    assertThat(cache.cached()).containsExactly("web1");
    cache.store("web1", Map.of("os", "Debian"), PILLAR);
    assertThat(cache.data("web1").grains()).isEqualTo(Map.of("os", "Debian"));
    cache.forget("web1");
    assertThat(cache.data("web1")).isNull();
    assertThat(cache.cached()).isEmpty();
    assertThat(cachedir.resolve("minions/web1")).doesNotExist();
  }

  @Test
  void a_file_is_read_again_only_when_it_changed() throws IOException {
    MinionCache cache = cache();
    cache.store("web1", GRAINS, PILLAR);
    Minion first = cache.data("web1");
    clock.pass(10);
    assertThat(cache.data("web1")).isSameAs(first);
    new MinionCache(cachedir, List::of, clock).store("web1", Map.of("os", "Debian"), PILLAR);
    Files.setLastModifiedTime(
        cachedir.resolve("minions/web1/data.p"), FileTime.from(Instant.EPOCH));
    assertThat(cache.data("web1")).isSameAs(first);
    clock.pass(1);
    assertThat(cache.data("web1").grains()).isEqualTo(Map.of("os", "Debian"));
  }

  @Test
  void a_broken_file_is_no_data() throws IOException {
    Path file = cachedir.resolve("minions/web1/data.p");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {(byte) 0x82, 1});
    assertThat(cache().data("web1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../x", "a/b", "/etc", "a\\b", "", "a\0b"})
  void an_id_does_not_lead_to_another_file(String id) throws IOException {
    Files.createDirectories(cachedir.resolve("minions"));
    Files.writeString(cachedir.resolve("data.p"), "x");
    MinionCache cache = cache();
    assertThat(cache.data(id)).isNull();
    assertThatThrownBy(() -> cache.store(id, GRAINS, PILLAR))
        .isInstanceOf(IllegalArgumentException.class);
    cache.forget(id);
    assertThat(cachedir.resolve("data.p")).exists();
  }

  @Test
  void forgetting_does_not_follow_links() throws IOException {
    Path other = Files.createDirectories(cachedir.resolve("other"));
    Files.writeString(other.resolve("precious"), "x");
    Files.createDirectories(cachedir.resolve("minions/web1"));
    Files.createSymbolicLink(cachedir.resolve("minions/web1/files"), other);
    Files.createSymbolicLink(cachedir.resolve("minions/web2"), other);
    cache().forget("web1");
    cache().forget("web2");
    assertThat(other.resolve("precious")).exists();
    assertThat(cachedir.resolve("minions/web1")).doesNotExist();
  }

  @Test
  void many_minions_are_targeted_from_memory() {
    List<String> ids = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();
    MinionCache cache = new MinionCache(cachedir, () -> ids, clock);
    ids.forEach(id -> cache.store(id, Map.of("os", id.endsWith("7") ? "a" : "b"), Map.of()));
    TargetCheck check = new TargetCheck(cache, Map.of(), true);
    assertThat(check.check("os:a", "grain").minions()).hasSize(30);
    Minion kept = cache.data("m7");
    for (int publication = 0; publication < 50; publication++) {
      assertThat(check.check("os:a", "grain").minions()).hasSize(30);
    }
    assertThat(cache.data("m7")).isSameAs(kept);
  }
}

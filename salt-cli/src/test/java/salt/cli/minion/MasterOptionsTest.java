package salt.cli.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.payload.MessagePack;
import salt.common.transport.MemoryTransport;

/** What options of a master mean to its minions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MasterOptionsTest {
  @TempDir Path directory;

  private TestSite site;

  @BeforeEach
  void open() {
    site = new TestSite(directory, new MemoryTransport());
  }

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  private Options start(Map<String, ?> options) throws IOException {
    Options master = site.master("a", 1506, 1505, options);
    site.start(master);
    return master;
  }

  private void startMinion(Options master, String id, Map<String, ?> options) throws IOException {
    TestSite.Events events = site.events(master);
    site.startMinion(site.minion(id, "127.0.0.1:1506", options));
    events.next("salt/minion/" + id + "/start");
  }

  @Test
  void only_signed_returns_are_taken_where_signatures_are_required() throws Exception {
    Options master = start(Map.of("require_minion_sign_messages", true));
    startMinion(master, "signs", Map.of("minion_sign_messages", true));
    startMinion(master, "plain", Map.of());
    TestSite.Events events = site.events(master);
    String jid = site.publish(master, "*", "test.ping");
    assertThat(events.next("salt/job/" + jid + "/ret/").data()).containsEntry("id", "signs");
    assertThat(events.within("salt/job/" + jid + "/ret/", Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void a_minion_that_gives_its_key_back_makes_the_master_change_the_key_of_publications()
      throws Exception {
    Options master = start(Map.of("loop_interval", 1L));
    startMinion(master, "m1", Map.of());
    TestSite.Events events = site.events(master);
    site.publish(master, "m1", "saltutil.revoke_auth");
    assertThat(events.next("salt/key").data())
        .containsEntry("act", "delete")
        .containsEntry("id", "m1");
    assertThat(events.next("key").data()).containsEntry("rotate_aes_key", true);
  }

  @Test
  void a_minion_may_not_give_its_key_back_where_that_is_off() throws Exception {
    Options master = start(Map.of("allow_minion_key_revoke", false));
    startMinion(master, "m1", Map.of());
    TestSite.Events events = site.events(master);
    site.run(master, events, "m1", "saltutil.revoke_auth");
    assertThat(directory.resolve("pki/minions/m1")).exists();
  }

  @Test
  void the_list_of_accepted_keys_is_kept_in_a_file_with_key_cache() throws Exception {
    Options master = start(Map.of("loop_interval", 1L, "key_cache", "sched"));
    startMinion(master, "m1", Map.of());
    Path file = directory.resolve("pki/minions/.key_cache");
    TestSite.until(
        "the minion is in the file",
        () -> Files.exists(file) && List.of("m1").equals(MessagePack.unpack(bytes(file))));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package salt.cli.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
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
}

package salt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.cli.minion.TestSite;
import salt.common.config.Options;
import salt.common.event.Event;
import salt.common.transport.ZeroMqTransport;
import salt.master.Master;

/** The program {@code bin/salt-minion} while its masters and its network change. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MinionProcessTest {
  private static final String NAME = "salt.master.test";
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final int MOST_TRIES = 60;

  @TempDir Path directory;

  private TestSite site;
  private DaemonProcess minion;

  @BeforeEach
  void configure() {
    site = new TestSite(directory, new ZeroMqTransport());
  }

  @AfterEach
  void close() throws Exception {
    if (minion != null) {
      minion.close();
    }
    site.close();
  }

  @Test
  void a_master_whose_name_has_got_another_address_is_followed() throws Exception {
    int requests = freePort();
    int publications = freePort();
    Options old = site.master("a", requests, publications, Map.of());
    Options moved = site.master("b", requests, publications, Map.of("interface", "127.0.0.2"));
    Path hosts = directory.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
    Master first = site.start(old);
    TestSite.Events events = site.events(old);
    startMinion(NAME + ":" + requests, "-Djdk.net.hosts.file=" + hosts);
    events.next("salt/minion/m1/start");
    assertThat(site.run(old, events, "m1", "test.ping")).containsEntry("return", true);

    site.close(events);
    site.close(first);
    Files.writeString(hosts, "127.0.0.2 " + NAME + "\n");
    site.start(moved);
    TestSite.Events others = site.events(moved);
    assertThat(answers(moved, others)).as(minion.output()).isTrue();
  }

  private void startMinion(String master, String javaOptions) throws IOException {
    site.minion("m1", master, Map.of());
    minion =
        DaemonProcess.launch(
            DaemonProcess.distribution(directory.resolve("salt")),
            directory.resolve("output"),
            Map.of("SALT_JAVA_OPTS", javaOptions),
            "salt-minion",
            "-c",
            site.folder("m1").toString(),
            "-l",
            "debug");
  }

  /** Publishes until the minion, which may not be connected yet, has heard. */
  private boolean answers(Options master, TestSite.Events events) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      String jid = site.publish(master, "m1", "test.ping");
      Optional<Event> ret = events.within("salt/job/" + jid + "/ret/m1", SHORT);
      if (ret.isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

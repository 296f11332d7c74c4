package salt.cli.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.event.Event;
import salt.common.transport.ZeroMqTransport;

/** A minion behind a network that fails. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MinionNetworkTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final int MOST_TRIES = 100;

  @TempDir Path directory;

  @Test
  void a_minion_comes_back_when_the_network_does() throws Exception {
    try (TestSite site = new TestSite(directory, new ZeroMqTransport())) {
      Options master = site.master("a", freePort(), freePort(), Map.of());
      site.start(master);
      TestSite.Events events = site.events(master);
      try (Relay requests = new Relay(master.integer("ret_port"));
          Relay publications = new Relay(master.integer("publish_port"))) {
        String address = "127.0.0.1:" + requests.port();
        site.startMinion(
            site.minion("m1", address, Map.of("publish_port", (long) publications.port())));
        events.next("salt/minion/m1/start");
        assertThat(answered(site, master, events)).isTrue();
        requests.cut();
        publications.cut();
        String lost = site.publish(master, "m1", "test.ping");
        assertThat(events.within("salt/job/" + lost + "/ret/", SHORT)).isEmpty();
        requests.mend();
        publications.mend();
        assertThat(answered(site, master, events)).isTrue();
      }
    }
  }

  @Test
  void a_return_that_a_half_open_connection_swallows_is_delivered_once() throws Exception {
    try (TestSite site = new TestSite(directory, new ZeroMqTransport())) {
      Options master = site.master("a", freePort(), freePort(), Map.of());
      site.start(master);
      TestSite.Events events = site.events(master);
      try (Relay requests = new Relay(master.integer("ret_port"));
          Relay publications = new Relay(master.integer("publish_port"))) {
        Options minion =
            site.minion(
                "m1",
                "127.0.0.1:" + requests.port(),
                Map.of("publish_port", (long) publications.port()));
        site.startMinion(minion);
        events.next("salt/minion/m1/start");
        assertThat(answered(site, master, events)).isTrue();
        Path go = directory.resolve("go");
        Path begun = directory.resolve("begun");
        String line = "touch %s; while [ ! -e %s ]; do sleep 0.05; done; echo late";
        String jid = site.publish(master, "m1", "cmd.run", line.formatted(begun, go));
        TestSite.until("the job runs", () -> Files.exists(begun));
        requests.swallow();
        publications.swallow();
        Files.createFile(go);
        Path spool = minion.path("cachedir").resolve("returns").resolve(spoolOf(requests));
        TestSite.until("the return is kept", () -> spool.toFile().list().length == 1);
        assertThat(events.within("salt/job/" + jid + "/ret/m1", SHORT.multipliedBy(4))).isEmpty();

        requests.mend();
        publications.mend();
        assertThat(events.next("salt/job/" + jid + "/ret/m1").data())
            .containsEntry("return", "late");
        TestSite.until("nothing waits any more", () -> spool.toFile().list().length == 0);
        assertThat(answered(site, master, events)).isTrue();
        assertThat(events.within("salt/job/" + jid + "/ret/m1", SHORT)).isEmpty();
      }
    }
  }

  private static String spoolOf(Relay requests) {
    return "127.0.0.1_" + requests.port();
  }

  /** Publishes until the minion, which may not be connected yet, has heard. */
  private static boolean answered(TestSite site, Options master, TestSite.Events events)
      throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      String jid = site.publish(master, "m1", "test.ping");
      Optional<Event> ret = events.within("salt/job/" + jid + "/ret/m1", SHORT);
      if (ret.isPresent()) {
        assertThat(ret.get().data()).containsEntry("return", true);
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

package salt.cli.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.event.Event;
import salt.common.transport.ZeroMqTransport;

/** The option {@code max_minions}, with minions that are told apart by their addresses. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MaxMinionsTest {
  @TempDir Path directory;

  private TestSite site;
  private Options master;

  @BeforeEach
  void open() throws IOException {
    site = new TestSite(directory, new ZeroMqTransport());
    master = site.master("a", freePort(), freePort(), Map.of("max_minions", 1L));
    site.start(master);
  }

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void start(String id, String address) throws IOException {
    Options minion =
        site.minion(
            id, "127.0.0.1:" + master.integer("ret_port"), Map.of("source_address", address));
    site.startMinion(minion, Map.of("id", id, "ipv4", List.of("127.0.0.1", address)));
  }

  private void connect(String id, String address) throws IOException {
    TestSite.Events events = site.events(master);
    start(id, address);
    events.next("salt/minion/" + id + "/start");
  }

  @Test
  void others_are_turned_away_while_more_minions_than_that_are_connected() throws Exception {
    connect("m1", "127.0.0.11");
    connect("m2", "127.0.0.12");
    TestSite.Events events = site.events(master);
    start("m3", "127.0.0.13");
    Event refused = events.next("salt/auth");
    assertThat(refused.data())
        .containsEntry("result", false)
        .containsEntry("act", "full")
        .containsEntry("id", "m3")
        .containsKey("pub");
  }
}

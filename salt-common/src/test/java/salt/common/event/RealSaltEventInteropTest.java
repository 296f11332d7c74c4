package salt.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Bytes;
import salt.common.testing.PythonPeer;

/** Real Salt's event tools on our bus. */
@Tag("interop")
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RealSaltEventInteropTest {
  @TempDir Path directory;

  @Test
  void they_listen_and_fire_on_the_bus_of_our_master() throws Exception {
    check("master", EventSockets.master(directory), EventBusOptions.DEFAULT);
  }

  @Test
  void they_listen_and_fire_on_the_bus_of_our_minion() throws Exception {
    check("minion", EventSockets.minion(directory, "m1", "sha256"), EventBusOptions.DEFAULT);
  }

  private void check(String node, EventSockets sockets, EventBusOptions options) throws Exception {
    try (EventBus bus = new EventBus(options, Clock.systemUTC());
        EventSubscription within = bus.subscribe("from/salt")) {
      bus.open(sockets);
      try (PythonPeer salt = new PythonPeer("event_peer.py", node, directory.toString(), "m1")) {
        assertThat(salt.line()).isEqualTo("listening");
        awaitListener(bus, salt);
        bus.fire("from/us/other", Map.of());
        bus.fire("from/us/large", Map.of("return", "x".repeat(300_000), "n", List.of(1, 2)));
        bus.fire("from/us/huge", Map.of("return", "x".repeat(2_000_000)));
        salt.tell("get from/us/large");
        assertThat(salt.line()).isEqualTo("from/us/large ['_stamp', 'n', 'return']");
        salt.tell("get from/us/huge");
        assertThat(salt.line()).isEqualTo("from/us/huge ['_stamp', 'return']");
        for (int i = 0; i < 3; i++) {
          salt.tell("fire from/salt/" + i);
          assertThat(salt.line()).isEqualTo("fired True");
          Event event = within.next(Duration.ofSeconds(20)).orElseThrow();
          assertThat(event.tag()).isEqualTo("from/salt/" + i);
          assertThat(event.data())
              .containsEntry("text", "ä")
              .containsEntry("number", 3L)
              .containsEntry("raw", Bytes.wrap(new byte[] {(byte) 0xff, 0}))
              .containsKey("_stamp");
        }
        salt.tell("get from/salt/2");
        assertThat(salt.line()).startsWith("from/salt/2 ");
      }
    }
  }

  /** A listener has connected before the bus has taken it on; until then it hears nothing. */
  private static void awaitListener(EventBus bus, PythonPeer salt) throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                do {
                  bus.fire("from/us/hello", Map.of());
                } while (!heard.await(50, TimeUnit.MILLISECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    caller.start();
    try {
      salt.tell("get from/us/hello");
      assertThat(salt.line()).startsWith("from/us/hello ");
    } finally {
      heard.countDown();
      caller.join();
    }
  }
}

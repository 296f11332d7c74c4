package salt.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import salt.common.testing.Eventually;

/** The bus within a process and over its sockets. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class EventBusTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final EventBusOptions SMALL =
      new EventBusOptions(100_000, 200_000, 10, false, EventFraming.LENGTH);

  @TempDir Path directory;
  private EventSockets sockets;
  private EventBus bus;

  @BeforeEach
  void open() {
    sockets = EventSockets.master(directory);
    bus = new EventBus(SMALL, CLOCK);
    bus.open(sockets);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private EventClient client() {
    return new EventClient(sockets, SMALL, CLOCK);
  }

  /** A client that is known to the bus: it has heard something. */
  private EventClient listening(String... prefixes) {
    EventClient client = client();
    client.listen("test/hello");
    Eventually.holds(
        "the bus knows the listener",
        () -> {
          bus.fire("test/hello", Map.of());
          return client.next(Duration.ofMillis(5)).isPresent();
        });
    client.listen(prefixes);
    return client;
  }

  private static Event next(EventClient client) {
    return client.next(PATIENT).orElseThrow();
  }

  @Test
  void subscribers_in_the_process_hear_their_prefixes_in_order() throws Exception {
    try (EventSubscription jobs = bus.subscribe("salt/job/", "salt/auth");
        EventSubscription all = bus.subscribe()) {
      bus.fire("salt/job/1/new", Map.of("jid", "1"));
      bus.fire("salt/presence/present", Map.of());
      bus.fire("salt/auth", Map.of("id", "m"));
      assertThat(jobs.next(PATIENT).orElseThrow().fields().text("jid")).isEqualTo("1");
      assertThat(jobs.next(PATIENT).orElseThrow().tag()).isEqualTo("salt/auth");
      assertThat(jobs.next(Duration.ZERO)).isEmpty();
      assertThat(all.next(PATIENT).orElseThrow().data()).containsKey("_stamp");
      assertThat(all.next(PATIENT).orElseThrow().tag()).isEqualTo("salt/presence/present");
    }
  }

  @Test
  void a_subscriber_that_does_not_take_is_told_how_many_it_missed() throws Exception {
    try (EventSubscription slow = bus.subscribe("n/")) {
      for (int i = 0; i < 25; i++) {
        bus.fire("n/" + i, Map.of());
      }
      for (int i = 0; i < 10; i++) {
        assertThat(slow.next(PATIENT).orElseThrow().tag()).isEqualTo("n/" + i);
      }
      bus.fire("n/again", Map.of());
      Event notice = slow.next(PATIENT).orElseThrow();
      assertThat(notice.tag()).isEqualTo("salt/event/missed");
      assertThat(notice.fields().integer("missed", 0)).isEqualTo(15);
      assertThat(slow.next(PATIENT).orElseThrow().tag()).isEqualTo("n/again");
      assertThat(slow.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void closing_the_bus_ends_the_waiting() throws Exception {
    EventSubscription subscription = bus.subscribe();
    Thread closer = new Thread(bus::close);
    closer.start();
    assertThat(subscription.next(PATIENT)).isEmpty();
    assertThat(subscription.isOpen()).isFalse();
    bus.fire("too/late", Map.of());
    closer.join();
  }

  @Test
  void listeners_hear_and_programs_fire_over_the_sockets() throws Exception {
    try (EventClient listener = listening("my/");
        EventClient firing = client();
        EventSubscription within = bus.subscribe("my/")) {
      firing.fire("other/event", Map.of());
      firing.fire("my/event", Map.of("text", "ä", "list", List.of(1L, 2L)));
      Event heard = next(listener);
      assertThat(heard.tag()).isEqualTo("my/event");
      assertThat(heard.data()).containsEntry("text", "ä").containsEntry("list", List.of(1L, 2L));
      assertThat(within.next(PATIENT)).contains(heard);
      bus.fire("my/own", Map.of());
      assertThat(next(listener).tag()).isEqualTo("my/own");
      assertThat(listener.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void a_bus_may_be_at_two_ports_of_this_machine() throws Exception {
    EventSockets ports = EventSockets.ports(freePort(), freePort());
    try (EventBus other = new EventBus(SMALL, CLOCK);
        EventClient client = new EventClient(ports, SMALL, CLOCK);
        EventSubscription within = other.subscribe("my/")) {
      other.open(ports);
      client.listen("my/");
      client.fire("my/one", Map.of("a", 1L));
      assertThat(within.next(PATIENT).orElseThrow().tag()).isEqualTo("my/one");
      Eventually.holds(
          "heard",
          () -> {
            other.fire("my/two", Map.of());
            return client.next(Duration.ofMillis(5)).isPresent();
          });
      try (EventBus second = new EventBus(SMALL, CLOCK)) {
        assertThatThrownBy(() -> second.open(ports))
            .isInstanceOf(EventBusException.class)
            .hasMessageContaining("cannot listen on 127.0.0.1:");
      }
    }
    try (EventClient late = new EventClient(ports, SMALL, CLOCK)) {
      assertThatThrownBy(() -> late.fire("x", Map.of()))
          .isInstanceOf(EventBusException.class)
          .hasMessageContaining("cannot reach the event bus at 127.0.0.1:");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void programs_may_fire_in_the_earlier_framing() throws Exception {
    EventBusOptions plain = new EventBusOptions(1000, 1000, 10, false, EventFraming.PLAIN);
    try (EventSubscription within = bus.subscribe("my/");
        EventClient old = new EventClient(sockets, plain, CLOCK)) {
      old.fire("my/one", Map.of());
      old.fire("my/two", Map.of());
      assertThat(within.next(PATIENT).orElseThrow().tag()).isEqualTo("my/one");
      assertThat(within.next(PATIENT).orElseThrow().tag()).isEqualTo("my/two");
    }
  }

  @Test
  void a_framing_is_named_length_or_plain() {
    assertThat(EventFraming.named("length")).isEqualTo(EventFraming.LENGTH);
    assertThat(EventFraming.named("plain")).isEqualTo(EventFraming.PLAIN);
    assertThatThrownBy(() -> EventFraming.named("round"))
        .hasMessage("event_bus_framing: round is neither length nor plain");
  }

  @Test
  void a_bus_with_the_earlier_framing_is_understood() {
    EventBusOptions plain = new EventBusOptions(1000, 100_000, 10, false, EventFraming.PLAIN);
    EventSockets others = EventSockets.minion(directory, "old", "sha256");
    try (EventBus old = new EventBus(plain, CLOCK)) {
      old.open(others);
      try (EventClient client = new EventClient(others, SMALL, CLOCK)) {
        client.listen("a");
        Eventually.holds(
            "heard",
            () -> {
              old.fire("a", Map.of());
              return client.next(Duration.ofMillis(5)).isPresent();
            });
      }
    }
  }

  @Test
  void who_has_connected_hears_what_is_fired_next() {
    for (int i = 0; i < 200; i++) {
      try (EventClient listener = client()) {
        listener.listen("next/");
        bus.fire("next/" + i, Map.of());
        assertThat(next(listener).tag()).isEqualTo("next/" + i);
      }
    }
  }

  @Test
  void a_program_fires_in_the_framing_configured_whatever_it_hears() throws Exception {
    try (ServerSocketChannel publish = bound(directory.resolve("odd_pub.ipc"));
        ServerSocketChannel pull = bound(directory.resolve("odd_pull.ipc"));
        EventClient client =
            new EventClient(
                new EventSockets(publish.getLocalAddress(), pull.getLocalAddress()),
                SMALL,
                CLOCK)) {
      client.listen("heard");
      try (SocketChannel listener = publish.accept()) {
        Event event = new Event("heard", Map.of());
        byte[] item = EventCodec.item(new EventCodec(1000, CLOCK).body(event));
        listener.write(ByteBuffer.wrap(EventFraming.PLAIN.frame(item)));
        assertThat(client.next(PATIENT)).contains(event);
        client.fire("told", Map.of());
        try (SocketChannel source = pull.accept()) {
          ByteBuffer first = ByteBuffer.allocate(1);
          source.read(first);
          assertThat(first.get(0)).as("of a length").isZero();
        }
      }
    }
  }

  private static ServerSocketChannel bound(Path path) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return server.bind(UnixDomainSocketAddress.of(path));
  }

  @Test
  void a_listener_that_does_not_read_misses_events_and_is_told_while_others_hear_all() {
    try (EventClient slow = listening("big/");
        EventClient quick = listening("big/")) {
      int count = 100;
      List<String> heard = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        bus.fire("big/" + i, Map.of("x", "y".repeat(20_000)));
        heard.add(next(quick).tag());
      }
      assertThat(heard).hasSize(count).doesNotContain(Event.MISSED).endsWith("big/99");
      slow.listen("big/", Event.MISSED);
      int received = 0;
      Event event = next(slow);
      while (!event.tag().equals(Event.MISSED)) {
        assertThat(event.tag()).isEqualTo("big/" + received++);
        event = next(slow);
      }
      assertThat(event.fields().integer("missed", 0)).isEqualTo(count - received).isPositive();
      bus.fire("big/again", Map.of());
      assertThat(next(slow).tag()).isEqualTo("big/again");
    }
  }

  @Test
  void large_values_are_trimmed_for_listeners() throws Exception {
    try (EventClient listener = listening("my/")) {
      bus.fire("my/event", Map.of("return", "x".repeat(200_000), "id", "m"));
      assertThat(next(listener).data())
          .containsEntry("return", "VALUE_TRIMMED")
          .containsEntry("id", "m");
    }
  }

  @Test
  void hostile_bytes_end_their_own_connection_only() throws Exception {
    List<byte[]> hostile =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[] {(byte) 0xc1},
            new byte[] {0, 0, 0, 1, 5},
            new byte[] {(byte) 0x81, (byte) 0xa1, 'x', 1},
            new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});
    try (EventSubscription within = bus.subscribe("my/");
        EventClient good = client()) {
      good.fire("my/one", Map.of());
      for (byte[] bytes : hostile) {
        try (SocketChannel bad = SocketChannel.open(sockets.pull())) {
          bad.write(ByteBuffer.wrap(bytes));
          assertThat(endOf(bad)).as("closed by the bus").isTrue();
        }
      }
      good.fire("my/two", Map.of());
      assertThat(within.next(PATIENT).orElseThrow().tag()).isEqualTo("my/one");
      assertThat(within.next(PATIENT).orElseThrow().tag()).isEqualTo("my/two");
    }
  }

  private static boolean endOf(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void socket_files_have_their_modes_and_go_with_the_bus() throws Exception {
    assertThat(mode(path(sockets.publish()))).isEqualTo("rw-------");
    assertThat(mode(path(sockets.pull()))).isEqualTo("rw-------");
    EventSockets open = EventSockets.minion(directory, "m", "sha256");
    EventBusOptions group = new EventBusOptions(1000, 1000, 10, true, EventFraming.LENGTH);
    try (EventBus shared = new EventBus(group, CLOCK)) {
      shared.open(open);
      assertThat(mode(path(open.publish()))).isEqualTo("rw-rw----");
      assertThat(mode(path(open.pull()))).isEqualTo("rw-------");
    }
    bus.close();
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  private static Path path(SocketAddress address) {
    return Path.of(address.toString());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void sockets_of_a_live_daemon_are_refused_and_left_alone() {
    try (EventBus second = new EventBus(SMALL, CLOCK)) {
      assertThatThrownBy(() -> second.open(sockets))
          .isInstanceOf(EventBusException.class)
          .hasMessageContaining(sockets.publish().toString())
          .hasMessageContaining("another daemon");
    }
    try (EventClient client = listening("x")) {
      bus.fire("x", Map.of());
      assertThat(next(client).tag()).isEqualTo("x");
    }
  }

  @Test
  void socket_files_of_a_dead_daemon_are_replaced() throws Exception {
    bus.close();
    for (Path path : List.of(path(sockets.publish()), path(sockets.pull()))) {
      try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        dead.bind(UnixDomainSocketAddress.of(path));
      }
      assertThat(path).exists();
    }
    bus = new EventBus(SMALL, CLOCK);
    bus.open(sockets);
    try (EventClient client = listening("x")) {
      bus.fire("x", Map.of());
      assertThat(next(client).tag()).isEqualTo("x");
    }
  }

  @Test
  void a_file_that_is_no_socket_is_left_alone() throws Exception {
    bus.close();
    Files.writeString(path(sockets.pull()), "precious");
    bus = new EventBus(SMALL, CLOCK);
    assertThatThrownBy(() -> bus.open(sockets))
        .isInstanceOf(EventBusException.class)
        .hasMessageContaining("no socket");
    assertThat(path(sockets.pull())).hasContent("precious");
    assertThat(path(sockets.publish())).doesNotExist();
  }

  @Test
  void a_missing_directory_and_a_missing_bus_are_named() {
    EventSockets nowhere = EventSockets.master(directory.resolve("missing"));
    try (EventBus lost = new EventBus(SMALL, CLOCK)) {
      assertThatThrownBy(() -> lost.open(nowhere))
          .isInstanceOf(EventBusException.class)
          .hasMessageContaining("sock_dir");
    }
    try (EventClient client = new EventClient(nowhere, SMALL, CLOCK)) {
      assertThatThrownBy(() -> client.listen("x"))
          .isInstanceOf(EventBusException.class)
          .hasMessageContaining("is it running?");
    }
  }

  @Test
  void a_client_is_told_that_the_bus_has_ended() {
    try (EventClient client = listening("x")) {
      bus.close();
      assertThatThrownBy(() -> next(client))
          .isInstanceOf(EventBusException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void many_threads_fire_and_nothing_is_lost() throws Exception {
    EventBusOptions roomy = new EventBusOptions(1000, 32 << 20, 10_000, false, EventFraming.LENGTH);
    EventSockets others = EventSockets.minion(directory, "busy", "sha256");
    try (EventBus busy = new EventBus(roomy, CLOCK);
        EventSubscription within = busy.subscribe("n/")) {
      busy.open(others);
      List<Thread> threads = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String prefix = "n/" + thread + "/";
        threads.add(
            new Thread(
                () -> {
                  try (EventClient client = new EventClient(others, roomy, CLOCK)) {
                    for (int i = 0; i < 1000; i++) {
                      client.fire(prefix + i, Map.of());
                      busy.fire(prefix + "own", Map.of());
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      int count = 0;
      Optional<Event> event = within.next(PATIENT);
      while (event.isPresent()) {
        assertThat(event.get().tag()).isNotEqualTo(Event.MISSED);
        count++;
        event = count == 8000 ? Optional.empty() : within.next(PATIENT);
      }
      assertThat(count).isEqualTo(8000);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}

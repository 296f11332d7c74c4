package salt.common.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import salt.common.testing.Eventually;
import salt.common.transport.Transport.Address;
import salt.common.transport.Transport.Publisher;
import salt.common.transport.Transport.Request;
import salt.common.transport.Transport.RequestClient;
import salt.common.transport.Transport.RequestServer;
import salt.common.transport.Transport.Subscription;

/** The transport over ZeroMQ keeps the contract, and what only it can show. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ZeroMqTransportTest extends TransportContract {
  @Override
  Transport open() {
    return new ZeroMqTransport();
  }

  @Test
  void a_subscription_looks_the_name_up_again_when_it_reconnects() throws Exception {
    AtomicReference<String> current = new AtomicReference<>("127.0.0.1");
    Recorder recorder = new Recorder();
    try (ZeroMqTransport renamed =
        new ZeroMqTransport(1, host -> List.of(InetAddress.getByName(current.get())))) {
      Publisher first = renamed.publish(ANY_PORT, OPTIONS);
      Address named = new Address("master.example", first.address().port());
      try (Publisher second =
              renamed.publish(new Address("127.0.0.2", first.address().port()), OPTIONS);
          Subscription subscription =
              renamed.subscribe(named, OPTIONS, List.of(bytes("")), recorder)) {
        untilSubscribed(first, recorder, "first");
        current.set("127.0.0.2");
        first.close();
        untilSubscribed(second, recorder, "second");
        assertThat(recorder.connected).hasValue(2);
      }
    }
  }

  @Test
  void a_name_that_cannot_be_resolved_yet_is_tried_again() {
    AtomicReference<List<InetAddress>> known = new AtomicReference<>(List.of());
    Recorder recorder = new Recorder();
    try (ZeroMqTransport late = new ZeroMqTransport(1, host -> found(known.get()));
        Publisher publisher = late.publish(ANY_PORT, OPTIONS);
        RequestClient client = late.requests(new Address("master.example", 1), OPTIONS);
        Subscription subscription =
            late.subscribe(
                new Address("master.example", publisher.address().port()),
                OPTIONS,
                List.of(bytes("")),
                recorder)) {
      assertThatThrownBy(() -> client.request(bytes("x"), PATIENT))
          .isInstanceOf(TransportException.class)
          .hasMessage("the name master.example cannot be resolved");
      known.set(List.of(InetAddress.getLoopbackAddress()));
      untilSubscribed(publisher, recorder, "hello");
    }
  }

  private static List<InetAddress> found(List<InetAddress> addresses) throws UnknownHostException {
    if (addresses.isEmpty()) {
      throw new UnknownHostException("not yet");
    }
    return addresses;
  }

  @Test
  void a_client_tries_the_next_address_of_a_name_after_a_failure() throws Exception {
    List<InetAddress> both =
        List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress());
    try (ZeroMqTransport named = new ZeroMqTransport(1, host -> both);
        RequestServer server =
            named.serveRequests(ANY_PORT, OPTIONS, request -> request.reply(request.body()));
        RequestClient client =
            named.requests(new Address("master.example", server.address().port()), OPTIONS)) {
      assertThatThrownBy(() -> client.request(bytes("x"), Duration.ofMillis(100)))
          .isInstanceOf(TransportException.class);
      assertThat(text(client.request(bytes("y"), PATIENT))).isEqualTo("y");
    }
  }

  @Test
  void connections_leave_from_the_address_and_port_that_are_asked_for() throws Exception {
    int port = freePort();
    SocketOptions source = OPTIONS.leavingFrom(new InetSocketAddress("127.0.0.3", port));
    Recorder recorder = new Recorder();
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT, OPTIONS, request -> request.reply(bytes(request.peer())));
        Publisher publisher = transport.publish(ANY_PORT, OPTIONS);
        RequestClient client = transport.requests(server.address(), source);
        Subscription subscription =
            transport.subscribe(publisher.address(), source, List.of(bytes("")), recorder)) {
      assertThat(text(client.request(bytes("x"), PATIENT))).isEqualTo("127.0.0.3:" + port);
      untilSubscribed(publisher, recorder, "hello");
      assertThat(publisher.peers()).containsExactly("127.0.0.3");
    }
  }

  @Test
  void a_connection_that_cannot_leave_from_its_address_fails() {
    SocketOptions foreign = OPTIONS.leavingFrom(new InetSocketAddress("192.0.2.1", 0));
    try (RequestServer server =
            transport.serveRequests(ANY_PORT, OPTIONS, request -> request.reply(request.body()));
        RequestClient client = transport.requests(server.address(), foreign)) {
      assertThatThrownBy(() -> client.request(bytes("x"), Duration.ofMillis(300)))
          .isInstanceOf(TransportException.class);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void messages_of_another_shape_are_dropped_and_harm_nobody() {
    Queue<String> peers = new ConcurrentLinkedQueue<>();
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT,
                OPTIONS,
                request -> {
                  peers.add(request.peer());
                  request.reply(request.body());
                });
        ZContext context = new ZContext();
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      ZMQ.Socket dealer = context.createSocket(SocketType.DEALER);
      dealer.connect("tcp://" + server.address());
      dealer.send("no delimiter");
      for (String frame : List.of("", "two")) {
        dealer.sendMore(frame);
      }
      dealer.send("bodies");
      dealer.sendMore("");
      dealer.send("good");
      assertThat(dealer.recvStr()).isEmpty();
      assertThat(dealer.recvStr()).isEqualTo("good");
      assertThat(text(client.request(bytes("fine"), PATIENT))).isEqualTo("fine");
      assertThat(peers).hasSize(2).allMatch(peer -> peer.startsWith("127.0.0.1:"));
    }
  }

  @Test
  void a_handler_that_fails_does_not_stop_the_port() {
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT,
                OPTIONS,
                request -> {
                  if (text(request.body()).equals("bad")) {
                    throw new IllegalStateException("on purpose");
                  }
                  request.reply(request.body());
                });
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      assertThatThrownBy(() -> client.request(bytes("bad"), Duration.ofMillis(100)))
          .isInstanceOf(TransportException.class);
      assertThat(text(client.request(bytes("good"), PATIENT))).isEqualTo("good");
    }
  }

  @Test
  void a_message_beyond_the_limit_ends_only_its_own_connection() {
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT,
                OPTIONS,
                request -> request.reply(bytes("size " + request.body().length)));
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      byte[] tooLarge = new byte[(int) OPTIONS.maxMessage() + 1];
      assertThatThrownBy(() -> client.request(tooLarge, Duration.ofMillis(300)))
          .isInstanceOf(TransportException.class);
      byte[] largest = new byte[(int) OPTIONS.maxMessage()];
      assertThat(text(client.request(largest, PATIENT))).isEqualTo("size " + largest.length);
    }
  }

  @Test
  void replies_to_requests_already_taken_are_sent_after_the_close() throws Exception {
    Queue<Request> taken = new ConcurrentLinkedQueue<>();
    RequestServer server = transport.serveRequests(ANY_PORT, OPTIONS, taken::add);
    try (RequestClient client = transport.requests(server.address(), OPTIONS)) {
      Thread closer =
          new Thread(
              () -> {
                Eventually.holds("taken", () -> !taken.isEmpty());
                server.close();
                taken.forEach(request -> request.reply(bytes("still answered")));
              });
      closer.start();
      assertThat(text(client.request(bytes("x"), PATIENT))).isEqualTo("still answered");
      closer.join();
    }
  }

  @Test
  void an_interrupted_caller_harms_nobody_else() {
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT,
                OPTIONS,
                request -> {
                  if (text(request.body()).equals("y")) {
                    request.reply(request.body());
                  }
                });
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      for (int i = 0; i < 20; i++) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.request(bytes("x"), PATIENT))
            .isInstanceOf(TransportException.class)
            .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(text(client.request(bytes("y"), PATIENT))).isEqualTo("y");
      }
    }
  }

  @Test
  void a_client_reaches_a_server_that_starts_later_and_one_that_restarts() {
    RequestServer chosen = transport.serveRequests(ANY_PORT, OPTIONS, request -> {});
    Address address = chosen.address();
    chosen.close();
    try (RequestClient client = transport.requests(address, OPTIONS)) {
      for (int i = 0; i < 3; i++) {
        String name = "server " + i;
        RequestServer[] server = new RequestServer[1];
        Eventually.holds("bound", () -> bound(server, address, name));
        assertThat(askedAgain(client)).isEqualTo(name);
        server[0].close();
      }
    }
  }

  /** A connection may turn out to be lost only when it is used; that takes no time. */
  private static String askedAgain(RequestClient client) {
    try {
      return text(client.request(bytes("x"), PATIENT));
    } catch (TransportException lost) {
      assertThat(lost).hasMessageContaining("was lost before the reply came");
      return text(client.request(bytes("x"), PATIENT));
    }
  }

  @Test
  void a_request_whose_server_ends_fails_at_once() {
    Queue<Request> taken = new ConcurrentLinkedQueue<>();
    try (ZeroMqTransport dying = new ZeroMqTransport()) {
      RequestServer server = dying.serveRequests(ANY_PORT, OPTIONS, taken::add);
      try (RequestClient client = transport.requests(server.address(), OPTIONS)) {
        Thread end =
            new Thread(
                () -> {
                  Eventually.holds("taken", () -> !taken.isEmpty());
                  dying.close();
                });
        end.start();
        assertThatThrownBy(() -> client.request(bytes("x"), Duration.ofMinutes(5)))
            .isInstanceOf(TransportException.class)
            .hasMessageContaining("was lost before the reply came");
      }
    }
  }

  private boolean bound(RequestServer[] server, Address address, String name) {
    try {
      server[0] = transport.serveRequests(address, OPTIONS, request -> request.reply(bytes(name)));
      return true;
    } catch (TransportException busy) {
      return false;
    }
  }

  @Test
  void addresses_that_cannot_be_bound_are_named_with_the_reason() {
    assertThatThrownBy(() -> transport.publish(new Address("203.0.113.1", 45_050), OPTIONS))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("cannot listen on 203.0.113.1:45050")
        .hasMessageContaining("Cannot assign requested address");
  }

  @Test
  void closing_is_quick_while_messages_cannot_be_delivered() {
    long start = System.nanoTime();
    try (ZeroMqTransport busy = new ZeroMqTransport()) {
      Publisher publisher = busy.publish(ANY_PORT, OPTIONS);
      Recorder stuck = new Recorder();
      busy.subscribe(publisher.address(), OPTIONS, List.of(bytes("")), stuck);
      untilSubscribed(publisher, stuck, "hello");
      RequestClient nowhere = busy.requests(new Address("127.0.0.1", 1), OPTIONS);
      assertThatThrownBy(() -> nowhere.request(bytes("x"), Duration.ofMillis(50)))
          .isInstanceOf(TransportException.class);
      for (int i = 0; i < 2000; i++) {
        publisher.send(List.of(bytes("hello"), new byte[1000]));
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void addresses_are_spelled_and_read() {
    assertThat(Endpoint.parse("tcp://[0:0:0:0:0:0:0:1]:4505"))
        .isEqualTo(new Address("0:0:0:0:0:0:0:1", 4505));
    assertThat(Endpoint.of(new Address("::", 4506))).isEqualTo("tcp://[::]:4506");
    assertThat(Endpoint.parse("tcp://0.0.0.0:4506")).isEqualTo(new Address("0.0.0.0", 4506));
  }

  @Test
  void peers_are_spelled_as_in_grains() throws Exception {
    for (String shortest :
        List.of(
            "::", "::1", "fe80::1", "2001:db8::1:0:0:1", "1:2:3:4:5:6:7:8", "1::", "10.0.0.1")) {
      assertThat(Endpoint.plain(InetAddress.getAllByName(shortest)[0])).isEqualTo(shortest);
    }
    assertThat(Endpoint.plain(InetAddress.getAllByName("1:0:2:3:4:5:6:7")[0]))
        .isEqualTo("1:0:2:3:4:5:6:7");
  }

  @Test
  void a_message_that_memory_cannot_hold_gets_no_room() {
    assertThat(new MessageAllocator().allocate(Integer.MAX_VALUE - 8).size()).isZero();
    assertThat(new MessageAllocator().allocate(100).size()).isEqualTo(100);
  }

  @Test
  void an_announcement_of_more_than_memory_ends_its_connection() throws Exception {
    SocketOptions unlimited =
        new SocketOptions(
            1000,
            1000,
            false,
            OPTIONS.keepAlive(),
            OPTIONS.reconnectFirst(),
            OPTIONS.reconnectMost(),
            Long.MAX_VALUE,
            Optional.empty());
    try (RequestServer server =
            transport.serveRequests(ANY_PORT, unlimited, request -> request.reply(request.body()));
        RequestClient client = transport.requests(server.address(), OPTIONS);
        Socket hostile = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      byte[] greeting = new byte[64];
      System.arraycopy(
          HexFormat.of().parseHex("ff00000000000000017f03014e554c4c"), 0, greeting, 0, 16);
      hostile.getOutputStream().write(greeting);
      hostile
          .getOutputStream()
          .write(
              HexFormat.of()
                  .parseHex(
                      "04260552454144590b536f636b65742d5479706500000003524551"
                          + "084964656e7469747900000000"
                          + "02000000007fffffff"));
      hostile.setSoTimeout((int) PATIENT.toMillis());
      hostile.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertThat(text(client.request(bytes("fine"), PATIENT))).isEqualTo("fine");
    }
  }

  @Test
  void both_ports_work_over_ipv6() {
    SocketOptions ipv6 =
        new SocketOptions(
            1000,
            1000,
            true,
            OPTIONS.keepAlive(),
            OPTIONS.reconnectFirst(),
            OPTIONS.reconnectMost(),
            OPTIONS.maxMessage(),
            Optional.empty());
    Address any = new Address("::1", 0);
    Recorder recorder = new Recorder();
    try (RequestServer server =
            transport.serveRequests(any, ipv6, request -> request.reply(bytes(request.peer())));
        Publisher publisher = transport.publish(any, ipv6);
        RequestClient client =
            transport.requests(new Address("::1", server.address().port()), ipv6);
        Subscription subscription =
            transport.subscribe(publisher.address(), ipv6, List.of(bytes("")), recorder)) {
      assertThat(text(client.request(bytes("x"), PATIENT))).startsWith("0:0:0:0:0:0:0:1:");
      untilSubscribed(publisher, recorder, "hello");
      assertThat(publisher.peers()).containsExactly("::1");
    }
  }
}

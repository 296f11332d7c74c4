package salt.common.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import salt.common.testing.Eventually;
import salt.common.transport.Transport.Address;
import salt.common.transport.Transport.Publisher;
import salt.common.transport.Transport.Request;
import salt.common.transport.Transport.RequestClient;
import salt.common.transport.Transport.RequestServer;
import salt.common.transport.Transport.Subscription;
import salt.common.transport.Transport.SubscriptionListener;

/** What every transport does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
abstract class TransportContract {
  static final Address ANY_PORT = new Address("127.0.0.1", 0);
  static final Duration PATIENT = Duration.ofSeconds(20);
  static final SocketOptions OPTIONS =
      new SocketOptions(
          1000,
          1000,
          false,
          new SocketOptions.KeepAlive(true, 300, -1, -1),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          1 << 20,
          Optional.empty());

  Transport transport;

  abstract Transport open();

  @BeforeEach
  void openTransport() {
    transport = open();
  }

  @AfterEach
  void closeTransport() {
    transport.close();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static final class Recorder implements SubscriptionListener {
    final Queue<String> messages = new ConcurrentLinkedQueue<>();
    final AtomicInteger connected = new AtomicInteger();
    final AtomicInteger disconnected = new AtomicInteger();

    @Override
    public void message(List<byte[]> frames) {
      messages.add(String.join("|", frames.stream().map(TransportContract::text).toList()));
    }

    @Override
    public void connected() {
      connected.incrementAndGet();
    }

    @Override
    public void disconnected() {
      disconnected.incrementAndGet();
    }
  }

  /** Publishes until the recorder has heard: a subscription needs a moment to be in force. */
  static void untilSubscribed(Publisher publisher, Recorder recorder, String topic) {
    Eventually.holds(
        "subscribed to " + topic,
        () -> {
          publisher.send(List.of(bytes(topic), bytes("are you there")));
          return recorder.messages.contains(topic + "|are you there");
        });
  }

  @Test
  void a_request_gets_its_reply() {
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT, OPTIONS, request -> request.reply(bytes("re: " + text(request.body()))));
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      assertThat(server.address().port()).isPositive();
      assertThat(text(client.request(bytes("one"), PATIENT))).isEqualTo("re: one");
      assertThat(text(client.request(bytes("two"), PATIENT))).isEqualTo("re: two");
    }
  }

  @Test
  void replies_may_come_from_any_thread_and_in_any_order() throws Exception {
    Queue<Request> taken = new ConcurrentLinkedQueue<>();
    ExecutorService callers = Executors.newCachedThreadPool();
    try (RequestServer server = transport.serveRequests(ANY_PORT, OPTIONS, taken::add);
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      List<Future<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] body = bytes("request " + i);
        replies.add(callers.submit(() -> client.request(body, PATIENT)));
      }
      Eventually.holds("all are in flight at once", () -> taken.size() == 20);
      List<Request> backwards = new ArrayList<>(taken);
      java.util.Collections.reverse(backwards);
      backwards.forEach(request -> request.reply(request.body()));
      for (int i = 0; i < 20; i++) {
        assertThat(text(replies.get(i).get())).isEqualTo("request " + i);
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void a_request_without_reply_times_out_and_the_next_one_works() {
    AtomicInteger count = new AtomicInteger();
    Queue<Request> ignored = new ConcurrentLinkedQueue<>();
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT,
                OPTIONS,
                request -> {
                  if (count.getAndIncrement() == 0) {
                    ignored.add(request);
                  } else {
                    request.reply(bytes("right"));
                  }
                });
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      assertThatThrownBy(() -> client.request(bytes("x"), Duration.ofMillis(200)))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("no reply from " + server.address());
      Eventually.holds("the request arrived", () -> !ignored.isEmpty());
      ignored.forEach(request -> request.reply(bytes("too late")));
      assertThat(text(client.request(bytes("x"), PATIENT))).isEqualTo("right");
    }
  }

  @Test
  void only_the_first_reply_counts() {
    try (RequestServer server =
            transport.serveRequests(
                ANY_PORT,
                OPTIONS,
                request -> {
                  request.reply(bytes("first"));
                  request.reply(bytes("second"));
                });
        RequestClient client = transport.requests(server.address(), OPTIONS)) {
      for (int i = 0; i < 5; i++) {
        assertThat(text(client.request(bytes("x"), PATIENT))).isEqualTo("first");
      }
    }
  }

  @Test
  void a_port_that_is_taken_is_refused() {
    try (RequestServer server = transport.serveRequests(ANY_PORT, OPTIONS, request -> {})) {
      assertThatThrownBy(() -> transport.serveRequests(server.address(), OPTIONS, request -> {}))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(server.address().toString())
          .hasMessageContaining("already in use");
    }
  }

  @Test
  void closing_a_client_ends_its_requests() {
    try (RequestServer server = transport.serveRequests(ANY_PORT, OPTIONS, request -> {})) {
      RequestClient client = transport.requests(server.address(), OPTIONS);
      Thread closer = new Thread(client::close);
      closer.start();
      assertThatThrownBy(() -> client.request(bytes("x"), PATIENT))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void subscribers_get_what_begins_with_their_prefix() {
    Recorder all = new Recorder();
    Recorder some = new Recorder();
    try (Publisher publisher = transport.publish(ANY_PORT, OPTIONS);
        Subscription first =
            transport.subscribe(publisher.address(), OPTIONS, List.of(bytes("")), all);
        Subscription second =
            transport.subscribe(
                publisher.address(), OPTIONS, List.of(bytes("abc"), bytes("broadcast")), some)) {
      untilSubscribed(publisher, all, "hello");
      untilSubscribed(publisher, some, "broadcast");
      all.messages.clear();
      some.messages.clear();
      publisher.send(List.of(bytes("abcd"), bytes("1")));
      publisher.send(List.of(bytes("abd"), bytes("2")));
      publisher.send(List.of(bytes("broadcast"), bytes("3")));
      Eventually.holds("the last", () -> all.messages.contains("broadcast|3"));
      Eventually.holds("the last", () -> some.messages.contains("broadcast|3"));
      assertThat(all.messages).contains("abcd|1", "abd|2", "broadcast|3");
      assertThat(some.messages).contains("abcd|1").doesNotContain("abd|2");
    }
  }

  @Test
  void a_subscription_waits_for_its_publisher_and_comes_back_after_a_loss() {
    Recorder recorder = new Recorder();
    Address address;
    try (Publisher chosen = transport.publish(ANY_PORT, OPTIONS)) {
      address = chosen.address();
    }
    try (Subscription subscription =
        transport.subscribe(address, OPTIONS, List.of(bytes("")), recorder)) {
      try (Publisher publisher = bindAgain(address)) {
        untilSubscribed(publisher, recorder, "one");
        assertThat(recorder.connected).hasValue(1);
      }
      Eventually.holds("told of the loss", () -> recorder.disconnected.get() == 1);
      recorder.messages.clear();
      try (Publisher publisher = bindAgain(address)) {
        untilSubscribed(publisher, recorder, "two");
        assertThat(recorder.connected).hasValue(2);
      }
    }
  }

  /** A port given up a moment ago may be busy for another moment. */
  Publisher bindAgain(Address address) {
    Publisher[] bound = new Publisher[1];
    Eventually.holds(
        "bound again",
        () -> {
          try {
            bound[0] = transport.publish(address, OPTIONS);
            return true;
          } catch (TransportException busy) {
            return false;
          }
        });
    return bound[0];
  }

  @Test
  void a_closed_publisher_refuses() {
    Publisher publisher = transport.publish(ANY_PORT, OPTIONS);
    publisher.close();
    publisher.close();
    assertThatThrownBy(() -> publisher.send(List.of(bytes("x"))))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void the_publisher_knows_who_is_connected() {
    try (Publisher publisher = transport.publish(ANY_PORT, OPTIONS)) {
      assertThat(publisher.peers()).isEmpty();
      try (Subscription subscription =
          transport.subscribe(publisher.address(), OPTIONS, List.of(bytes("")), new Recorder())) {
        Eventually.holds("connected", () -> publisher.peers().equals(List.of("127.0.0.1")));
      }
      Eventually.holds("gone", () -> publisher.peers().isEmpty());
    }
  }

  @Test
  void things_may_be_closed_in_any_order() {
    RequestServer server = transport.serveRequests(ANY_PORT, OPTIONS, request -> {});
    RequestClient client = transport.requests(server.address(), OPTIONS);
    Publisher publisher = transport.publish(ANY_PORT, OPTIONS);
    Subscription subscription =
        transport.subscribe(publisher.address(), OPTIONS, List.of(bytes("")), new Recorder());
    transport.close();
    subscription.close();
    publisher.close();
    client.close();
    server.close();
    server.close();
    transport.close();
  }
}

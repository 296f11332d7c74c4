package salt.common.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import salt.common.testing.Eventually;
import salt.common.testing.PythonPeer;
import salt.common.transport.Transport.Address;
import salt.common.transport.Transport.Publisher;
import salt.common.transport.Transport.RequestClient;
import salt.common.transport.Transport.RequestServer;
import salt.common.transport.Transport.Subscription;

/** Our sockets against those of libzmq, which real Salt uses. */
@Tag("interop")
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LibzmqInteropTest {
  private static PythonPeer peer(String... arguments) {
    return new PythonPeer("zmq_peer.py", arguments);
  }

  private static byte[] bytes(String text) {
    return TransportContract.bytes(text);
  }

  @Test
  void two_hundred_short_connections_get_their_replies() throws Exception {
    try (ZeroMqTransport transport = new ZeroMqTransport();
        RequestServer server =
            transport.serveRequests(
                TransportContract.ANY_PORT,
                SocketOptions.DEFAULT,
                request -> request.reply(bytes("re: " + TransportContract.text(request.body()))));
        PythonPeer requests = peer("requests", String.valueOf(server.address().port()), "200")) {
      assertThat(requests.line()).isEqualTo("done 200");
      requests.finishes();
    }
  }

  @Test
  void our_requests_reach_their_router() throws Exception {
    try (PythonPeer router = peer("router");
        ZeroMqTransport transport = new ZeroMqTransport();
        RequestClient client =
            transport.requests(
                new Address("127.0.0.1", Integer.parseInt(router.line())), SocketOptions.DEFAULT)) {
      for (int i = 0; i < 10; i++) {
        byte[] reply = client.request(bytes("request " + i), TransportContract.PATIENT);
        assertThat(TransportContract.text(reply)).isEqualTo("py: request " + i);
        assertThat(router.line()).isEqualTo("3 empty");
      }
    }
  }

  @Test
  void their_subscriber_gets_what_begins_with_its_prefixes() throws Exception {
    try (ZeroMqTransport transport = new ZeroMqTransport();
        Publisher publisher = transport.publish(TransportContract.ANY_PORT, SocketOptions.DEFAULT);
        PythonPeer subscriber =
            peer(
                "subscriber",
                String.valueOf(publisher.address().port()),
                "broadcast",
                "fa23c82ffda26")) {
      Eventually.holds(
          "subscribed",
          () -> {
            publisher.send(List.of(bytes("broadcast"), bytes("start")));
            publisher.send(List.of(bytes("fa23c82ffda26"), bytes("start")));
            return subscriber.said("fa23c82ffda26|start");
          });
      assertThat(publisher.peers()).containsExactly("127.0.0.1");
      publisher.send(List.of(bytes("elsewhere"), bytes("1")));
      publisher.send(List.of(bytes("fa23c82ffda2"), bytes("2")));
      publisher.send(List.of(bytes("broadcast"), bytes("end")));
      String line = subscriber.line();
      while (!line.equals("broadcast|end")) {
        assertThat(line).isIn("broadcast|start", "fa23c82ffda26|start");
        line = subscriber.line();
      }
    }
  }

  @Test
  void our_subscription_gets_what_their_publisher_sends() throws Exception {
    TransportContract.Recorder recorder = new TransportContract.Recorder();
    try (PythonPeer publisher = peer("publisher");
        ZeroMqTransport transport = new ZeroMqTransport()) {
      Address address = new Address("127.0.0.1", Integer.parseInt(publisher.line()));
      try (Subscription subscription =
          transport.subscribe(
              address, TransportContract.OPTIONS, List.of(bytes("broadcast")), recorder)) {
        Eventually.holds("several messages", () -> recorder.messages.size() > 10);
        assertThat(recorder.messages).allMatch(message -> message.startsWith("broadcast|"));
        assertThat(recorder.connected).hasValue(1);
        publisher.close();
        Eventually.holds("told of the loss", () -> recorder.disconnected.get() == 1);
      }
    }
  }
}

package salt.common.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import salt.common.transport.Transport.Address;

/** The client before servers that are not as they should be, byte by byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
final class ZeroMqRequestClientTest {
  private static final Duration PATIENT = TransportContract.PATIENT;
  private static final String GREETING =
      "ff00000000000000017f03014e554c4c" + "00".repeat(16) + "00" + "00".repeat(31);
  private static final String READY =
      "0416" + "055245414459" + "0b536f636b65742d54797065" + "00000000";
  private static final String ROUTER_READY =
      "041c" + "055245414459" + "0b536f636b65742d54797065" + "00000006" + "524f55544552";

  /** What the client sends up to its request "x". */
  private static final int REQUEST_BYTES = 64 + 40 + 2 + 3;

  private ServerSocket server;
  private ZeroMqRequestClient client;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    client =
        new ZeroMqRequestClient(
            new Address("127.0.0.1", server.getLocalPort()),
            TransportContract.OPTIONS,
            Resolver.SYSTEM);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  /** Answers each connection with these bytes, the last of them also all later ones. */
  private void answering(String... answers) {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; !server.isClosed(); i++) {
                answer(answers[Math.min(i, answers.length - 1)]);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void answer(String hex) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(HexFormat.of().parseHex(hex));
      out.flush();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client has ended the connection or the test the server.
      assertThat(e).isNotNull();
    }
  }

  private String ask(Duration patience) {
    return TransportContract.text(client.request(TransportContract.bytes("x"), patience));
  }

  @Test
  void what_is_sent_is_what_a_req_socket_sends() throws Exception {
    CompletableFuture<byte[]> sent = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(HexFormat.of().parseHex(GREETING + ROUTER_READY + "0100" + "000179"));
                out.flush();
                sent.complete(
                    new DataInputStream(socket.getInputStream()).readNBytes(REQUEST_BYTES));
              } catch (IOException e) {
                sent.completeExceptionally(e);
              }
            });
    thread.start();
    assertThat(ask(PATIENT)).isEqualTo("y");
    assertThat(HexFormat.of().formatHex(sent.get()))
        .isEqualTo(
            "ff00000000000000007f03014e554c4c"
                + "00".repeat(48)
                + "0426055245414459"
                + "0b536f636b65742d5479706500000003524551"
                + "084964656e7469747900000000"
                + "0100"
                + "000178");
    thread.join();
  }

  @Test
  void a_connection_whose_handshake_does_not_begin_is_replaced() {
    answering("", GREETING + ROUTER_READY + "0100" + "000179");
    long begin = System.nanoTime();
    assertThat(ask(PATIENT)).isEqualTo("y");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_long_frame_and_commands_are_understood() {
    String body = "79".repeat(300);
    answering(GREETING + ROUTER_READY + "0403" + "025049" + "0100" + "02000000000000012c" + body);
    assertThat(ask(PATIENT)).isEqualTo("y".repeat(300));
  }

  @Test
  void replies_of_another_shape_are_refused() {
    for (String frames : List.of("000179", "0101790000", "0100" + "0100" + "0000")) {
      answering(GREETING + ROUTER_READY + frames);
      assertThatThrownBy(() -> ask(PATIENT))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("answered with something else");
    }
  }

  @Test
  void a_reply_beyond_the_limit_is_refused_before_there_is_room_for_it() {
    answering(GREETING + ROUTER_READY + "0100" + "020000000000100001");
    assertThatThrownBy(() -> ask(PATIENT))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("announced 1048577 bytes, which is too much");
  }

  @Test
  void who_does_not_speak_zeromq_gives_no_reply() {
    String plain = GREETING.replace("4e554c4c", "504c4149");
    for (String greeting : List.of("00".repeat(64), plain, GREETING + "0405" + "0445525230")) {
      answering(greeting);
      assertThatThrownBy(() -> ask(Duration.ofMillis(300)))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("no reply from 127.0.0.1:" + server.getLocalPort() + " within 0.3");
    }
  }

  @Test
  void a_connection_that_ended_while_it_was_kept_is_not_used_again() {
    // The first answer is followed by an unasked second one, which must answer nothing.
    answering(
        GREETING + ROUTER_READY + "0100" + "000131" + "0100" + "000139",
        GREETING + READY + "0100" + "000132");
    assertThat(ask(PATIENT)).isEqualTo("1");
    assertThat(ask(PATIENT)).isEqualTo("2");
  }

  @Test
  void closing_the_client_ends_a_wait_for_a_server_that_is_not_there() throws Exception {
    server.close();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                ask(Duration.ofMinutes(5));
              } catch (TransportException e) {
                failure.complete(e);
              }
            });
    asking.start();
    client.close();
    assertThat(failure.get()).hasMessageContaining("is closed");
    asking.join();
  }
}

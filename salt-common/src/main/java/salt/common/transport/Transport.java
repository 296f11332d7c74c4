package salt.common.transport;

import java.time.Duration;
import java.util.List;

/**
 * Opens the four kinds of socket that Salt uses.
 *
 * <p>What is opened here is closed by its owner; closing the transport itself releases what they
 * share and comes last. Every object made here may be used from any thread.
 */
public interface Transport extends AutoCloseable {

  /**
   * Binds a request port and hands each request to {@code handler} on the socket's own thread: the
   * handler must not block, so it queues the request for its workers.
   *
   * @throws TransportException when the address can't be bound; the message names it and the cause
   */
  RequestServer serveRequests(Address bind, SocketOptions options, RequestHandler handler);

  /** Binds a publish port. Fails as {@link #serveRequests} does. */
  Publisher publish(Address bind, SocketOptions options);

  /** Makes a client of a request port; nothing is connected before the first request. */
  RequestClient requests(Address server, SocketOptions options);

  /**
   * Subscribes to a publish port and keeps reconnecting to it, by the pauses of {@code options},
   * until closed. The name is resolved anew at each attempt.
   *
   * @param prefixes what a message's first frame must begin with; one empty prefix takes all
   * @param listener called on the socket's own thread
   */
  Subscription subscribe(
      Address server, SocketOptions options, List<byte[]> prefixes, SubscriptionListener listener);

  @Override
  void close();

  /**
   * Where a socket binds or connects. {@code host} is a name or an address, IPv6 without brackets.
   */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /** A bound request port. */
  interface RequestServer extends AutoCloseable {
    /** Where it is bound: the real port when 0 was asked for. */
    Address address();

    /**
     * Takes no more requests; replies to those already taken are still sent, until the transport is
     * closed.
     */
    @Override
    void close();
  }

  /** Takes requests as they come. */
  interface RequestHandler {
    /** Called on the socket's thread; must return at once. */
    void handle(Request request);
  }

  /** One request that waits for its reply. */
  interface Request {
    /** The body as it came. */
    byte[] body();

    /** Who sent it, for log lines: address and port where the transport knows them. */
    String peer();

    /** Sends the reply, once, from any thread; a second call and one to a peer gone are ignored. */
    void reply(byte[] body);
  }

  /** A bound publish port. */
  interface Publisher extends AutoCloseable {
    /** Where it is bound: the real port when 0 was asked for. */
    Address address();

    /** Sends one message of one or more frames to whoever subscribed to its first frame. */
    void send(List<byte[]> frames);

    /** The remote addresses (without ports) that are connected now. */
    List<String> peers();

    /** Sends what is queued, then closes. */
    @Override
    void close();
  }

  /** Asks a request port. Requests from several threads travel on sockets of their own. */
  interface RequestClient extends AutoCloseable {
    /**
     * Sends one request and waits for its reply.
     *
     * @throws TransportException when there is no reply in time, or the connection is lost or the
     *     client closed meanwhile; whether the request was carried out is not known then
     */
    byte[] request(byte[] body, Duration timeout);

    @Override
    void close();
  }

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Hears what a subscription receives and what becomes of its connection. */
  interface SubscriptionListener {
    /** A message: its frames. */
    void message(List<byte[]> frames);

    /** A connection is up. */
    default void connected() {}

    /** The connection was lost; the subscription tries again by itself. */
    default void disconnected() {}
  }
}

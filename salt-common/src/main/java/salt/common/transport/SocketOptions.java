package salt.common.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What Salt lets operators set on sockets.
 *
 * @param highWaterMark messages queued per peer before more are dropped ({@code pub_hwm})
 * @param backlog connections waiting to be accepted ({@code zmq_backlog})
 * @param ipv6 whether IPv6 addresses are used as well
 * @param keepAlive TCP keep-alive
 * @param reconnectFirst the pause before the first attempt to reconnect
 * @param reconnectMost the longest pause between attempts
 * @param maxMessage the largest message taken, in bytes; a larger one ends its connection
 * @param source the address and port of this machine that connections leave from, port 0 being any;
 *     absent is the system's choice
 */
public record SocketOptions(
    int highWaterMark,
    int backlog,
    boolean ipv6,
    KeepAlive keepAlive,
    Duration reconnectFirst,
    Duration reconnectMost,
    long maxMessage,
    Optional<InetSocketAddress> source) {

  /** Salt's defaults. */
  public static final SocketOptions DEFAULT =
      new SocketOptions(
          1000,
          1000,
          false,
          new KeepAlive(true, 300, -1, -1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          1L << 30,
          Optional.empty());

  /** The same, but connections leave from {@code address}. */
  public SocketOptions leavingFrom(InetSocketAddress address) {
    return new SocketOptions(
        highWaterMark,
        backlog,
        ipv6,
        keepAlive,
        reconnectFirst,
        reconnectMost,
        maxMessage,
        Optional.of(address));
  }

  /**
   * {@code tcp_keepalive} and its {@code _idle}, {@code _cnt}, {@code _intvl}; -1 is the system's.
   */
  public record KeepAlive(boolean on, int idle, int count, int interval) {}
}

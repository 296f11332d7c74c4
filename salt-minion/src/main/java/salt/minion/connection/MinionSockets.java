package salt.minion.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import salt.common.config.Options;
import salt.common.transport.SocketOptions;

/**
 * Reads the options of a minion's sockets: {@code recon_*}, {@code tcp_keepalive*}, {@code ipv6},
 * {@code source_*}.
 */
final class MinionSockets {
  private MinionSockets() {}

  static SocketOptions of(Options options) {
    int first = options.integer("recon_default");
    int most = options.integer("recon_max");
    int pause =
        options.flag("recon_randomize")
            ? ThreadLocalRandom.current().nextInt(first, first + most + 1)
            : first;
    SocketOptions standard = SocketOptions.DEFAULT;
    return new SocketOptions(
        standard.highWaterMark(),
        standard.backlog(),
        options.flag("ipv6"),
        new SocketOptions.KeepAlive(
            options.flag("tcp_keepalive"),
            options.integer("tcp_keepalive_idle"),
            options.integer("tcp_keepalive_cnt"),
            options.integer("tcp_keepalive_intvl")),
        Duration.ofMillis(pause),
        Duration.ofMillis(most),
        standard.maxMessage(),
        SourceAddress.find(options).map(address -> new InetSocketAddress(address, 0)));
  }

  /**
   * The options of the publish port, which may be given a port of ours to come from. Requests leave
   * from any port, as in Salt, whatever {@code source_ret_port} says: there are several at a time.
   */
  static SocketOptions ofPublications(Options options, SocketOptions requests) {
    int port = options.integer("source_publish_port");
    if (port == 0) {
      return requests;
    }
    return requests.leavingFrom(
        requests
            .source()
            .map(source -> new InetSocketAddress(source.getAddress(), port))
            .orElseGet(() -> new InetSocketAddress(port)));
  }
}

package salt.master;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import salt.common.config.Options;
import salt.common.transport.SocketOptions;

/** Reads the options of a master's sockets, and shows real Salt's command line that we are here. */
final class MasterSockets {
  private MasterSockets() {}

  static SocketOptions of(Options options) {
    SocketOptions standard = SocketOptions.DEFAULT;
    return new SocketOptions(
        options.integer("pub_hwm"),
        options.integer("zmq_backlog"),
        options.flag("ipv6"),
        new SocketOptions.KeepAlive(
            options.flag("tcp_keepalive"),
            options.integer("tcp_keepalive_idle"),
            options.integer("tcp_keepalive_cnt"),
            options.integer("tcp_keepalive_intvl")),
        standard.reconnectFirst(),
        standard.reconnectMost(),
        standard.maxMessage(),
        standard.source());
  }

  /**
   * Makes {@code publish_pull.ipc}: real Salt's command line refuses to run when it is missing.
   * Nobody is ever accepted on it.
   */
  static AutoCloseable publishPull(Options options) {
    Path path = options.path("sock_dir").resolve("publish_pull.ipc");
    try {
      Files.deleteIfExists(path);
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      socket.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return () -> {
        socket.close();
        Files.deleteIfExists(path);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + path + ": " + e, e);
    }
  }
}

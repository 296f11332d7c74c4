package salt.common.event;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import salt.common.config.Options;

/**
 * The two sockets of a bus, where real Salt has them: Unix sockets below {@code sock_dir}, or with
 * {@code ipc_mode: tcp} two ports of this machine.
 *
 * @param publish where listeners connect and read
 * @param pull where programs connect and write the events they fire
 */
public record EventSockets(SocketAddress publish, SocketAddress pull) {
  /** The longest path of a Unix socket in bytes, on Linux. */
  private static final int LONGEST = 107;

  private static final int HASH_DIGITS = 10;

  /**
   * Any pair of sockets.
   *
   * @throws EventBusException when a path is longer than the system allows
   */
  public EventSockets {
    check(publish);
    check(pull);
  }

  /** The sockets of the master with these options. */
  public static EventSockets master(Options options) {
    return byPorts(options)
        ? ports(options.integer("tcp_master_pub_port"), options.integer("tcp_master_pull_port"))
        : master(options.path("sock_dir"));
  }

  /**
   * The sockets of the minion with these options.
   *
   * @throws EventBusException when the hash is unknown, or a path too long
   */
  public static EventSockets minion(Options options) {
    return byPorts(options)
        ? ports(options.integer("tcp_pub_port"), options.integer("tcp_pull_port"))
        : minion(options.path("sock_dir"), options.text("id"), options.text("hash_type", "sha256"));
  }

  private static boolean byPorts(Options options) {
    return "tcp".equals(options.text("ipc_mode"));
  }

  /** Two TCP ports of this machine, open to all its users. */
  public static EventSockets ports(int publish, int pull) {
    return new EventSockets(port(publish), port(pull));
  }

  private static InetSocketAddress port(int number) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
  }

  /** The sockets of the master whose {@code sock_dir} is {@code directory}. */
  public static EventSockets master(Path directory) {
    return named(directory, "master_event");
  }

  /**
   * The sockets of a minion.
   *
   * @param directory its {@code sock_dir}
   * @param hashType its {@code hash_type} as Salt spells it, such as {@code sha256}
   * @throws EventBusException when the hash is unknown, or a path too long
   */
  public static EventSockets minion(Path directory, String id, String hashType) {
    try {
      MessageDigest digest = MessageDigest.getInstance(javaName(hashType));
      byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
      return named(
          directory, "minion_event_" + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new EventBusException("option hash_type: there is no hash '" + hashType + "'", e);
    }
  }

  private static String javaName(String hashType) {
    return hashType.startsWith("sha") && !hashType.startsWith("sha-")
        ? "SHA-" + hashType.substring("sha".length())
        : hashType;
  }

  private static EventSockets named(Path directory, String name) {
    return new EventSockets(
        UnixDomainSocketAddress.of(directory.resolve(name + "_pub.ipc")),
        UnixDomainSocketAddress.of(directory.resolve(name + "_pull.ipc")));
  }

  /** A socket's path, or its address and port, for people. */
  static String shown(SocketAddress address) {
    return address instanceof InetSocketAddress port
        ? port.getAddress().getHostAddress() + ":" + port.getPort()
        : address.toString();
  }

  /** A port shall not hold small events back to send them together. */
  static void sendAtOnce(SocketChannel channel) throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  private static void check(SocketAddress address) {
    if (!(address instanceof UnixDomainSocketAddress unix)) {
      return;
    }
    Path path = unix.getPath();
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new EventBusException(
          "the path of the socket "
              + path
              + " is too long: "
              + length
              + " bytes where the system allows "
              + LONGEST
              + "; choose a shorter sock_dir");
    }
  }
}

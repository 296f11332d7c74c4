package salt.cli.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/** Sockets of this machine. */
final class Ports {
  /** Below the ports that the system gives to programs that connect, which may take any of them. */
  private static final int FIRST = 15_000;

  private static final int END = 30_000;

  private Ports() {}

  /** A port of the loopback address where nobody listens. */
  static int free() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (!listens(new InetSocketAddress(loopback, port))) {
        try (ServerSocket socket = new ServerSocket(port, 1, loopback)) {
          return socket.getLocalPort();
        }
      }
    }
  }

  /** Whether a connection to this socket is taken. */
  static boolean listens(SocketAddress address) {
    try (SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open()) {
      return channel.connect(address);
    } catch (IOException e) {
      return false;
    }
  }
}

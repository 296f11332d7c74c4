package salt.common.event;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A socket that a bus listens on: a Unix socket with its file, or a TCP port. */
interface ListeningSocket extends AutoCloseable {
  ServerSocketChannel channel();

  /** Stops listening; what cannot be tidied up is logged. */
  @Override
  void close();

  /**
   * Listens at {@code address}.
   *
   * @param mode of the file of a Unix socket, such as {@code rw-------}
   * @throws EventBusException when somebody else listens there, or nobody can
   */
  static ListeningSocket at(SocketAddress address, String mode) {
    if (address instanceof UnixDomainSocketAddress unix) {
      return SocketFile.listen(unix.getPath(), mode);
    } else if (address instanceof InetSocketAddress port) {
      return LocalPort.listen(port);
    }
    throw new EventBusException("a bus cannot listen on " + address);
  }
}

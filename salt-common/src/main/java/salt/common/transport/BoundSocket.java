package salt.common.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import salt.common.transport.Transport.Address;

/** Binds sockets, and says why when it fails. */
final class BoundSocket {
  private BoundSocket() {}

  /** Binds {@code socket}, or closes it; gives the address with the port chosen. */
  static Address bind(ZMQ.Socket socket, Address address) {
    try {
      if (socket.bind(Endpoint.of(address))) {
        return Endpoint.parse(socket.getLastEndpoint());
      }
    } catch (ZMQException | IllegalArgumentException e) {
      socket.close();
      throw failure(address, e);
    }
    socket.close();
    throw failure(address, null);
  }

  /** ZeroMQ calls every failure an address in use, so the system is asked again. */
  private static TransportException failure(Address address, RuntimeException reported) {
    String reason = reported == null ? "no reason given" : reported.getMessage();
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      probe.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (IOException | RuntimeException e) {
      reason = e.getMessage() == null ? "unknown host" : e.getMessage();
    }
    return new TransportException("cannot listen on " + address + ": " + reason, reported);
  }
}

package salt.common.event;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP port of this machine that a bus listens on; every user of the machine can connect. */
final class LocalPort implements ListeningSocket {
  private static final Logger LOG = LoggerFactory.getLogger(LocalPort.class);
  private static final int BACKLOG = 128;

  private final ServerSocketChannel channel;

  private LocalPort(ServerSocketChannel channel) {
    this.channel = channel;
  }

  static LocalPort listen(InetSocketAddress address) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.bind(address, BACKLOG);
        return new LocalPort(channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EventBusException(
          "cannot listen on " + EventSockets.shown(address) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("a port of the event bus cannot be closed: {}", e.getMessage());
    }
  }
}

package salt.common.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes channels that leave from a given address of this machine: JeroMQ reads the {@code
 * source;destination} form of an endpoint, but does not act on it.
 */
final class SourceBinding extends SelectorProvider {
  private static final Logger LOG = LoggerFactory.getLogger(SourceBinding.class);

  private final SelectorProvider system = SelectorProvider.provider();
  private final InetSocketAddress source;

  SourceBinding(InetSocketAddress source) {
    this.source = source;
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    SocketChannel channel = system.openSocketChannel();
    try {
      // As libzmq has it: one port may lead to several masters, and be used again at once.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, source.getPort() != 0);
      channel.bind(source);
      return channel;
    } catch (IOException e) {
      channel.close();
      LOG.warn("no connection can leave from {}: {}", source, e.getMessage());
      throw e;
    }
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    return system.openServerSocketChannel();
  }

  @Override
  public AbstractSelector openSelector() throws IOException {
    return system.openSelector();
  }

  @Override
  public Pipe openPipe() throws IOException {
    return system.openPipe();
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    return system.openDatagramChannel();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    return system.openDatagramChannel(family);
  }
}

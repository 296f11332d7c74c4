package salt.cli.command;

import java.util.List;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;

/** A transport for a command that others go on using when the command closes it. */
record LentTransport(Transport owner) implements Transport {
  @Override
  public RequestServer serveRequests(Address bind, SocketOptions options, RequestHandler handler) {
    return owner.serveRequests(bind, options, handler);
  }

  @Override
  public Publisher publish(Address bind, SocketOptions options) {
    return owner.publish(bind, options);
  }

  @Override
  public RequestClient requests(Address server, SocketOptions options) {
    return owner.requests(server, options);
  }

  @Override
  public Subscription subscribe(
      Address server, SocketOptions options, List<byte[]> prefixes, SubscriptionListener listener) {
    return owner.subscribe(server, options, prefixes, listener);
  }

  @Override
  public void close() {
    // The owner closes it.
  }
}

package salt.common.transport;

import java.util.List;

/**
 * The transport of real Salt: ZeroMQ over TCP, without encryption or authentication of its own.
 *
 * <p>Each object made here owns one thread and its sockets. JeroMQ's own threads are shared.
 */
public final class ZeroMqTransport implements Transport {
  private final ZeroMqContext context;
  private final Resolver resolver;

  /** A transport with one thread for all connections' bytes: right for minions and commands. */
  public ZeroMqTransport() {
    this(1);
  }

  /**
   * A transport for many connections.
   *
   * @param ioThreads how many threads read and write connections, 1 or more
   */
  public ZeroMqTransport(int ioThreads) {
    this(ioThreads, Resolver.SYSTEM);
  }

  ZeroMqTransport(int ioThreads, Resolver resolver) {
    context = new ZeroMqContext(ioThreads);
    this.resolver = resolver;
  }

  @Override
  public RequestServer serveRequests(Address bind, SocketOptions options, RequestHandler handler) {
    return new ZeroMqRequestServer(context, bind, options, handler);
  }

  @Override
  public Publisher publish(Address bind, SocketOptions options) {
    return new ZeroMqPublisher(context, bind, options);
  }

  @Override
  public RequestClient requests(Address server, SocketOptions options) {
    return new ZeroMqRequestClient(context, server, options, resolver);
  }

  @Override
  public Subscription subscribe(
      Address server, SocketOptions options, List<byte[]> prefixes, SubscriptionListener listener) {
    return new ZeroMqSubscription(
        context, server, options, resolver, new Subscriber(prefixes, listener));
  }

  @Override
  public void close() {
    context.close();
  }
}

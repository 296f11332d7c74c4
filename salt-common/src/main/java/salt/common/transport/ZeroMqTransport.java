package salt.common.transport;

import java.util.List;

/**
 * The transport of real Salt: ZeroMQ over TCP, without encryption or authentication of its own.
 *
 * <p>Each port and subscription made here owns one thread and its sockets; JeroMQ's own threads are
 * shared. A client of a request port has neither: it speaks ZeroMQ's protocol by itself.
 */
public final class ZeroMqTransport implements Transport {
  private final int ioThreads;
  private final Resolver resolver;
  private ZeroMqContext context;
  private boolean closed;

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
    this.ioThreads = ioThreads;
    this.resolver = resolver;
  }

  @Override
  public RequestServer serveRequests(Address bind, SocketOptions options, RequestHandler handler) {
    return new ZeroMqRequestServer(context(), bind, options, handler);
  }

  @Override
  public Publisher publish(Address bind, SocketOptions options) {
    return new ZeroMqPublisher(context(), bind, options);
  }

  @Override
  public RequestClient requests(Address server, SocketOptions options) {
    return new ZeroMqRequestClient(server, options, resolver);
  }

  @Override
  public Subscription subscribe(
      Address server, SocketOptions options, List<byte[]> prefixes, SubscriptionListener listener) {
    return new ZeroMqSubscription(
        context(), server, options, resolver, new Subscriber(prefixes, listener));
  }

  /** Starts JeroMQ with its threads when it is needed; a client of a request port does without. */
  private synchronized ZeroMqContext context() {
    if (closed) {
      throw new TransportException("the transport is closed");
    }
    if (context == null) {
      context = new ZeroMqContext(ioThreads);
    }
    return context;
  }

  @Override
  public void close() {
    ZeroMqContext started;
    synchronized (this) {
      closed = true;
      started = context;
      context = null;
    }
    if (started != null) {
      started.close();
    }
  }
}

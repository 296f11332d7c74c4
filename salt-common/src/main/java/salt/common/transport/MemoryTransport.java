package salt.common.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import salt.common.payload.Bytes;

/**
 * A transport within one process, for tests: what is bound here is found by those who use the same
 * object. Ports are by number; hosts are not looked at.
 *
 * <p>Messages are copied, each subscription is called on a thread of its own, and a subscription to
 * a port that nobody has bound yet waits for it, all as over the network. Queues have no bound.
 */
public final class MemoryTransport implements Transport {
  private static final String HOST = "127.0.0.1";

  private final Map<Integer, RequestHandler> servers = new ConcurrentHashMap<>();
  private final Map<Integer, MemoryPublisher> publishers = new ConcurrentHashMap<>();
  private final Set<MemorySubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Set<MemoryClient> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger nextPort = new AtomicInteger(50_000);

  private Address choose(Address bind) {
    return new Address(bind.host(), bind.port() == 0 ? nextPort.getAndIncrement() : bind.port());
  }

  private static TransportException inUse(Address address) {
    return new TransportException("cannot listen on " + address + ": Address already in use");
  }

  @Override
  public RequestServer serveRequests(Address bind, SocketOptions options, RequestHandler handler) {
    Address address = choose(bind);
    if (servers.putIfAbsent(address.port(), handler) != null) {
      throw inUse(address);
    }
    return new RequestServer() {
      @Override
      public Address address() {
        return address;
      }

      @Override
      public void close() {
        servers.remove(address.port(), handler);
      }
    };
  }

  @Override
  public Publisher publish(Address bind, SocketOptions options) {
    MemoryPublisher publisher = new MemoryPublisher(choose(bind));
    synchronized (subscriptions) {
      if (publishers.putIfAbsent(publisher.address.port(), publisher) != null) {
        throw inUse(publisher.address);
      }
      to(publisher.address.port()).forEach(MemorySubscription::connected);
    }
    return publisher;
  }

  private List<MemorySubscription> to(int port) {
    return subscriptions.stream().filter(subscription -> subscription.port == port).toList();
  }

  @Override
  public RequestClient requests(Address server, SocketOptions options) {
    MemoryClient client = new MemoryClient(server);
    clients.add(client);
    return client;
  }

  @Override
  public Subscription subscribe(
      Address server, SocketOptions options, List<byte[]> prefixes, SubscriptionListener listener) {
    MemorySubscription subscription =
        new MemorySubscription(server.port(), new Subscriber(prefixes, listener));
    synchronized (subscriptions) {
      subscriptions.add(subscription);
      if (publishers.containsKey(server.port())) {
        subscription.connected();
      }
    }
    return subscription;
  }

  @Override
  public void close() {
    List.copyOf(clients).forEach(MemoryClient::close);
    List.copyOf(subscriptions).forEach(MemorySubscription::close);
    publishers.clear();
    servers.clear();
  }

  private final class MemoryPublisher implements Publisher {
    private final Address address;

    private MemoryPublisher(Address address) {
      this.address = address;
    }

    @Override
    public Address address() {
      return address;
    }

    @Override
    public void send(List<byte[]> frames) {
      if (!publishers.containsValue(this)) {
        throw new TransportException("the publish port " + address + " is closed");
      }
      to(address.port()).forEach(subscription -> subscription.deliver(frames));
    }

    @Override
    public List<String> peers() {
      return to(address.port()).isEmpty() ? List.of() : List.of(HOST);
    }

    @Override
    public void close() {
      synchronized (subscriptions) {
        if (publishers.remove(address.port(), this)) {
          to(address.port()).forEach(MemorySubscription::disconnected);
        }
      }
    }
  }

  private final class MemorySubscription implements Subscription {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "memory-subscribe");
              daemon.setDaemon(true);
              return daemon;
            });
    private final int port;
    private final Subscriber subscriber;

    private MemorySubscription(int port, Subscriber subscriber) {
      this.port = port;
      this.subscriber = subscriber;
    }

    private void connected() {
      run(subscriber.listener()::connected);
    }

    private void disconnected() {
      run(subscriber.listener()::disconnected);
    }

    private void deliver(List<byte[]> frames) {
      boolean wanted =
          subscriber.prefixes().stream().anyMatch(prefix -> startsWith(frames.get(0), prefix));
      if (wanted) {
        List<byte[]> copy = new ArrayList<>();
        frames.forEach(frame -> copy.add(frame.clone()));
        run(() -> subscriber.listener().message(copy));
      }
    }

    private void run(Runnable task) {
      try {
        thread.execute(task);
      } catch (RejectedExecutionException closed) {
        subscriptions.remove(this);
      }
    }

    @Override
    public void close() {
      subscriptions.remove(this);
      thread.shutdown();
    }
  }

  private static boolean startsWith(byte[] content, byte[] prefix) {
    return content.length >= prefix.length
        && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
  }

  private final class MemoryClient implements RequestClient {
    private final Set<PendingReply> waiting = ConcurrentHashMap.newKeySet();
    private final Address server;
    private volatile boolean closed;

    private MemoryClient(Address server) {
      this.server = server;
    }

    @Override
    public byte[] request(byte[] body, Duration timeout) {
      PendingReply reply = new PendingReply(server);
      waiting.add(reply);
      try {
        if (closed) {
          throw closed();
        }
        RequestHandler handler = servers.get(server.port());
        if (handler != null) {
          handler.handle(new MemoryRequest(Bytes.copyOf(body), reply));
        }
        return reply.await(timeout);
      } finally {
        waiting.remove(reply);
      }
    }

    private TransportException closed() {
      return new TransportException("the client of " + server + " is closed");
    }

    @Override
    public void close() {
      closed = true;
      clients.remove(this);
      waiting.forEach(reply -> reply.fail(closed()));
    }
  }

  private record MemoryRequest(Bytes content, PendingReply pending) implements Request {
    @Override
    public byte[] body() {
      return content.toArray();
    }

    @Override
    public String peer() {
      return HOST;
    }

    @Override
    public void reply(byte[] body) {
      pending.complete(body.clone());
    }
  }
}

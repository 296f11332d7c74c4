package salt.minion.connection;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.ChannelException;
import salt.common.channel.ChannelSettings;
import salt.common.channel.MinionChannel;
import salt.common.channel.PublicationReceiver;
import salt.common.channel.PublicationReceiver.Received;
import salt.common.channel.SignIn;
import salt.common.channel.SignInResult;
import salt.common.channel.SignInSettings;
import salt.common.config.Options;
import salt.common.crypto.RsaPublicKey;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;
import salt.minion.module.MinionContext;

/**
 * A minion's connection to one master: signs in, takes publications, sends requests, and stays so
 * through restarts of the master and losses of the network.
 *
 * <p>Publications come on the socket's thread and wait in a queue of {@value #QUEUE_BOUND} for the
 * thread {@code publications}, which opens them, as that may mean signing in again. When the queue
 * is full, the newest is dropped with an error in the log: the master reports the minion as not
 * having returned.
 */
public final class MasterConnection implements MinionContext.MasterLink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MasterConnection.class);
  private static final int QUEUE_BOUND = 10_000;

  private final Transport transport;
  private final Options options;
  private final MasterAddress master;
  private final SocketOptions sockets;
  private final SignIn signIn;
  private final Transport.RequestClient client;
  private final MinionChannel channel;
  private final PublicationReceiver receiver;
  private final BlockingQueue<List<byte[]>> publications = new ArrayBlockingQueue<>(QUEUE_BOUND);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Transport.Subscription subscription;
  private volatile Thread opener;
  private volatile boolean taking;
  private volatile boolean connected;

  /** Open when the publish port has been reached, or nobody is to wait for it any more. */
  private volatile CountDownLatch reached = new CountDownLatch(1);

  /** Prepares a connection to {@code master}; makes the minion's keys when there are none. */
  public MasterConnection(
      Transport transport,
      Options options,
      MasterAddress master,
      Map<String, Object> grains,
      Clock clock) {
    this.transport = transport;
    this.options = options;
    this.master = master;
    this.sockets = MinionSockets.of(options);
    this.signIn = new SignIn(SignInSettings.of(options, grains), new SecureRandom());
    this.client = transport.requests(master.requests(), sockets);
    this.channel = new MinionChannel(signIn, client, ChannelSettings.of(options), clock);
    this.receiver = new PublicationReceiver(channel, options.flag("sign_pub_messages"), false);
  }

  /**
   * Signs in, waiting as long as it takes.
   *
   * @return 0 when accepted or closed meanwhile, else the exit code to end with
   */
  public int signIn() throws InterruptedException {
    if (!new NameLookup(options, NameLookup.Resolver.SYSTEM, this::endsIn).await(master.host())) {
      return 0;
    }
    return loop().run(channel::signIn).exitCode();
  }

  private SignInLoop loop() {
    return new SignInLoop(options, master.name(), this::endsIn);
  }

  /** Waits for {@code time}; true as soon as this is closed. */
  public boolean endsIn(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Signs in once, saying in the log why when it fails; whether the master accepts. */
  public boolean trySignIn() {
    return loop().attempt(channel::signIn) instanceof SignInResult.Accepted;
  }

  /** Signs in once, for programs that don't wait. */
  public SignInResult signInOnce() {
    log.debug("signing in at the master at {} as {}", master.name(), options.text("id"));
    SignInResult result = channel.signIn();
    log.debug("the master at {} answers: {}", master.name(), result.describe());
    return result;
  }

  /** Whether the master accepted this minion. */
  public boolean isSignedIn() {
    return channel.credentials().isPresent();
  }

  /** Whether the publish port is connected now. */
  public boolean isConnected() {
    return connected;
  }

  /**
   * Takes publications from now on.
   *
   * @param jobs gets each job map, on the thread {@code publications}
   * @param reconnected called when a lost connection is up again
   */
  public void subscribe(Consumer<Map<String, Object>> jobs, Runnable reconnected) {
    taking = true;
    reached = new CountDownLatch(1);
    if (closed.getCount() == 0) {
      reached.countDown();
    }
    int reported = channel.credentials().map(SignInResult.Accepted::publishPort).orElse(0);
    opener = new Thread(() -> open(jobs), "publications");
    opener.start();
    subscription =
        transport.subscribe(
            master.publications(options, reported),
            MinionSockets.ofPublications(options, sockets),
            receiver.prefixes(options.flag("zmq_filtering")),
            new Listener(reconnected));
  }

  /**
   * Waits until the publish port is connected, so that jobs published from then on arrive.
   *
   * @return whether that took no longer than {@code limit}
   */
  public boolean awaitConnected(Duration limit) {
    try {
      return reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private final class Listener implements Transport.SubscriptionListener {
    private final Runnable reconnected;

    Listener(Runnable reconnected) {
      this.reconnected = reconnected;
    }

    @Override
    public void message(List<byte[]> frames) {
      if (!publications.offer(frames)) {
        log.error("a publication is dropped: {} are waiting to be opened", QUEUE_BOUND);
      }
    }

    @Override
    public void connected() {
      connected = true;
      reached.countDown();
      log.info("connected to the publish port of the master at {}", master.name());
      reconnected.run();
    }

    @Override
    public void disconnected() {
      connected = false;
      log.warn("lost the publish port of the master at {}; reconnecting", master.name());
    }
  }

  private void open(Consumer<Map<String, Object>> jobs) {
    try {
      while (taking) {
        List<byte[]> frames = publications.poll(500, TimeUnit.MILLISECONDS);
        if (frames != null) {
          open(frames, jobs);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(List<byte[]> frames, Consumer<Map<String, Object>> jobs) {
    try {
      Received received = receiver.open(frames);
      if (received instanceof Received.Job job) {
        Map<String, Object> named = new LinkedHashMap<>();
        job.load().forEach((key, value) -> named.put(String.valueOf(key), value));
        jobs.accept(named);
      } else if (received instanceof Received.Ignored ignored) {
        log.warn("a publication of {} is ignored: {}", master.name(), ignored.reason());
      }
    } catch (RuntimeException e) {
      log.error("a publication of {} failed: {}", master.name(), e.toString(), e);
    }
  }

  @Override
  public Object request(Map<String, Object> load) {
    log.debug("asking the master at {}: {}", master.name(), load.get("cmd"));
    return asTransport(() -> channel.request(withId(load)));
  }

  /**
   * Sends a return: {@code return_retry_tries} times, each waiting as long as {@link #returnPause}.
   */
  public void sendReturn(Map<String, Object> load) {
    int tries = Math.max(1, options.integer("return_retry_tries"));
    asTransport(() -> channel.request(withId(load), returnPause(), tries));
  }

  /**
   * {@code return_retry_timer}, or by chance up to {@code return_retry_timer_max} if that is set.
   */
  public Duration returnPause() {
    int least = Math.max(1, options.integer("return_retry_timer"));
    int most = Math.max(least, options.integer("return_retry_timer_max"));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(1000L * least, 1000L * most + 1));
  }

  private static <T> T asTransport(java.util.function.Supplier<T> exchange) {
    try {
      return exchange.get();
    } catch (ChannelException e) {
      throw new TransportException(e.getMessage(), e);
    }
  }

  private Map<String, Object> withId(Map<String, Object> load) {
    Map<String, Object> complete = new LinkedHashMap<>(load);
    complete.putIfAbsent("id", options.text("id"));
    return complete;
  }

  /**
   * Fetches the pillar.
   *
   * @param grains the full grains, by which the master targets it
   */
  public Map<Object, Object> pillar(Map<String, Object> grains) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("id", options.text("id"));
    load.put("grains", grains);
    load.put("saltenv", options.any("saltenv"));
    load.put("pillarenv", options.any("pillarenv"));
    load.put("pillar_override", Map.of());
    load.put("extra_minion_data", Map.of());
    ChannelSettings settings = ChannelSettings.of(options);
    return asTransport(() -> channel.pillar(load, settings.timeout(), settings.tries()));
  }

  @Override
  public void fireEvent(String tag, Map<String, Object> data) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("id", options.text("id"));
    load.put("cmd", "_minion_event");
    load.put("pretag", null);
    load.put("data", data);
    load.put("tag", tag);
    request(load);
  }

  @Override
  public String address() {
    return master.name();
  }

  @Override
  public String publicKey() {
    Optional<RsaPublicKey> key = signIn.masterKey();
    return key.map(RsaPublicKey::text).orElse("");
  }

  /** Stops taking publications until the next {@link #subscribe}; requests still go through. */
  public void unsubscribe() {
    taking = false;
    if (subscription != null) {
      subscription.close();
    }
    connected = false;
    if (opener != null) {
      try {
        opener.join(TimeUnit.SECONDS.toMillis(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends waiting for the master, from any thread. */
  public void stopWaiting() {
    closed.countDown();
    reached.countDown();
  }

  @Override
  public void close() {
    stopWaiting();
    unsubscribe();
    client.close();
  }
}

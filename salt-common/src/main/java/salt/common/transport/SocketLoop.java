package salt.common.transport;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * A thread that alone owns some ZeroMQ sockets: it waits for them, for tasks of other threads and
 * for timers.
 *
 * <p>Other threads hand over tasks and wake the thread through its selector. This is safe even for
 * a caller that has been interrupted, which writing to a ZeroMQ socket or to a pipe would not be.
 * The thread itself must never be interrupted: it is told to stop by {@link #stop}.
 *
 * <p>The queue of tasks has no bound of its own; each user bounds what it hands over.
 */
final class SocketLoop implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

  /** How many messages one socket may deliver before the others and the tasks get their turn. */
  private static final int BATCH = 100;

  /** How long a socket stays after its connection has been ended; usually some milliseconds do. */
  private static final Duration RETIREMENT = Duration.ofSeconds(1);

  /** At the end of the loop, how long nothing must happen, and how often that is tried. */
  private static final int QUIET_MILLIS = 5;

  private static final int QUIET_TRIES = 20;

  private static final int NEAR_HANDSHAKE_MILLIS = 500;
  private static final int FAR_HANDSHAKE_MILLIS = 5000;

  private record Timer(long at, Runnable task) {}

  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.signum(a.at() - b.at()));
  private final Map<ZMQ.Socket, BooleanSupplier> sockets = new LinkedHashMap<>();
  private final Map<ZMQ.Socket, String> connected = new LinkedHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final BooleanSupplier contextClosed;
  private final Consumer<SocketLoop> lastly;
  private final Selector selector;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean ending;

  /**
   * Prepares a thread called {@code name}.
   *
   * @param contextClosed whether the sockets' context has been closed under them
   * @param lastly runs on the thread when it ends, for whatever reason
   */
  SocketLoop(String name, BooleanSupplier contextClosed, Consumer<SocketLoop> lastly) {
    this.contextClosed = contextClosed;
    this.lastly = lastly;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new TransportException("no selector for " + name, e);
    }
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  void start() {
    thread.start();
  }

  /**
   * Runs {@code task} on the loop's thread, in the order of calls.
   *
   * @throws RejectedExecutionException when the loop has been told to stop
   */
  @Override
  public void execute(Runnable task) {
    if (stopping) {
      throw new RejectedExecutionException(thread.getName() + " is closed");
    }
    tasks.add(task);
    // Too late for the last look at the queue: nobody would ever run it.
    if (ending && tasks.remove(task)) {
      throw new RejectedExecutionException(thread.getName() + " is closed");
    }
    selector.wakeup();
  }

  /** Runs {@code task} on the loop's thread and hands back its result or its exception. */
  <T> T call(Supplier<T> task, Duration limit) {
    CompletableFuture<T> result =
        CompletableFuture.supplyAsync(task, this)
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new TransportException(thread.getName() + " does not answer", e.getCause());
    }
  }

  /** Connects {@code socket} and watches it as {@link #add} does, until it is retired. */
  void connect(ZMQ.Socket socket, String endpoint, BooleanSupplier receive) {
    add(socket, receive);
    connected.put(socket, endpoint);
    socket.setHandshakeIvl(handshakeMillis(endpoint));
    socket.connect(endpoint);
  }

  /**
   * JeroMQ now and then forgets a connection that has just come up: it neither reads nor writes, so
   * that the handshake never begins. Only the end of the handshake's time makes it connect anew.
   */
  private static int handshakeMillis(String endpoint) {
    boolean near = endpoint.startsWith("tcp://127.") || endpoint.startsWith("tcp://[::1]");
    return near ? NEAR_HANDSHAKE_MILLIS : FAR_HANDSHAKE_MILLIS;
  }

  /** Watches {@code socket}; {@code receive} takes one message and says whether there was one. */
  void add(ZMQ.Socket socket, BooleanSupplier receive) {
    sockets.put(socket, receive);
    try {
      socket.getFD().register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      throw new TransportException("a socket of " + thread.getName() + " cannot be watched", e);
    }
  }

  /**
   * Takes a connected socket out of use: its connection ends now, the socket a moment later.
   *
   * <p>A JeroMQ socket that is closed at once may be gone before its connection has reported its
   * own end; the connection then fails half way and stays open for ever.
   */
  void retire(ZMQ.Socket socket, String endpoint) {
    if (connected.remove(socket) != null) {
      sockets.put(socket, () -> false);
      socket.disconnect(endpoint);
      schedule(RETIREMENT, () -> close(socket));
    }
  }

  private void close(ZMQ.Socket socket) {
    sockets.remove(socket);
    SelectionKey key = socket.getFD().keyFor(selector);
    if (key != null) {
      key.cancel();
    }
    socket.close();
  }

  /** Runs {@code task} on this thread after {@code delay}; may only be called on this thread. */
  void schedule(Duration delay, Runnable task) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), task));
  }

  /** Ends the thread after the tasks handed over so far; closes its sockets. */
  void stop() {
    stopping = true;
    selector.wakeup();
  }

  /** Waits for the end of the thread; false when it takes longer than {@code limit}. */
  boolean awaitEnd(Duration limit) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        try {
          return ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!stopping) {
        runTasks();
        runTimers();
        await(receive());
      }
    } catch (IOException e) {
      LOG.error("{} cannot wait for its sockets and ends", thread.getName(), e);
    } finally {
      stopping = true;
      ending = true;
      runTasks();
      end();
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    while (!timers.isEmpty() && timers.peek().at() - now <= 0) {
      guarded(timers.remove().task());
    }
  }

  /** Empties the sockets as far as the batch allows; true when something is left to receive. */
  private boolean receive() {
    boolean left = false;
    for (Map.Entry<ZMQ.Socket, BooleanSupplier> entry : List.copyOf(sockets.entrySet())) {
      left |= receive(entry.getKey(), entry.getValue());
    }
    return left;
  }

  private boolean receive(ZMQ.Socket socket, BooleanSupplier receive) {
    for (int i = 0; i < BATCH && sockets.containsKey(socket); i++) {
      // Asking for the events is also what makes ZeroMQ do the socket's own chores.
      int events = socket.getEvents();
      if (events < 0 || (events & ZMQ.Poller.POLLIN) == 0) {
        stopping |= events < 0 && contextClosed.getAsBoolean();
        return false;
      }
      boolean[] received = new boolean[1];
      guarded(() -> received[0] = receive.getAsBoolean());
      if (!received[0]) {
        return false;
      }
    }
    return sockets.containsKey(socket);
  }

  private void await(boolean more) throws IOException {
    if (Thread.interrupted()) {
      LOG.warn("{} was interrupted, which nobody may do; it goes on", thread.getName());
    }
    if (more) {
      selector.selectNow();
    } else if (timers.isEmpty()) {
      selector.select();
    } else {
      long nanos = timers.peek().at() - System.nanoTime();
      selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
    }
    selector.selectedKeys().clear();
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("{} goes on after an unexpected failure", thread.getName(), e);
    }
  }

  private void end() {
    try {
      new LinkedHashMap<>(connected).forEach(this::retire);
      awaitQuiet();
      new ArrayList<>(sockets.keySet()).forEach(this::close);
      selector.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} did not end cleanly", thread.getName(), e);
    } finally {
      ended.countDown();
      lastly.accept(this);
    }
  }

  /** Lets the ended connections report. */
  private void awaitQuiet() throws IOException {
    for (int i = 0; i < QUIET_TRIES; i++) {
      sockets.keySet().forEach(ZMQ.Socket::getEvents);
      int woken = selector.select(QUIET_MILLIS);
      selector.selectedKeys().clear();
      if (woken == 0) {
        return;
      }
    }
  }
}

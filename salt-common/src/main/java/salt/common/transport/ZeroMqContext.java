package salt.common.transport;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/** What all sockets of a transport share: ZeroMQ's context, and the loops that are running. */
final class ZeroMqContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZeroMqContext.class);

  /** How long opening a socket may take before the caller is told that it failed. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a close waits for a thread. */
  static final Duration CLOSING = Duration.ofSeconds(2);

  /** How long bytes that were handed to a closed socket may still be sent. */
  static final Duration LINGER = Duration.ofSeconds(1);

  private final ZMQ.Context context;
  private final Set<SocketLoop> loops = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ZeroMqContext(int ioThreads) {
    context = ZMQ.context(ioThreads);
    context.setNotificationExceptionHandler(ZeroMqContext::noticed);
    context.setUncaughtExceptionHandler(
        (thread, failure) -> LOG.error("{} died", thread.getName(), failure));
  }

  private static void noticed(Thread thread, Throwable failure) {
    if (failure.getCause() instanceof ClosedChannelException) {
      // JeroMQ tells a bound socket, which is gone already, that its listener has ended.
      LOG.debug("a socket was gone too early for {}", thread.getName(), failure);
    } else {
      LOG.warn("a connection failed in {}", thread.getName(), failure);
    }
  }

  ZMQ.Context zmq() {
    return context;
  }

  /** Starts a loop; {@code lastly} runs on its thread when it ends, for whatever reason. */
  SocketLoop loop(String name, Runnable lastly) {
    if (closed) {
      throw new TransportException("the transport is closed");
    }
    SocketLoop loop =
        new SocketLoop(
            name,
            context::isClosed,
            ended -> {
              loops.remove(ended);
              lastly.run();
            });
    loops.add(loop);
    loop.start();
    return loop;
  }

  /**
   * Ends all loops, then the context. ZeroMQ may hang while ending a context, so another thread
   * does it and is not waited for very long.
   */
  @Override
  public void close() {
    closed = true;
    loops.forEach(SocketLoop::stop);
    loops.forEach(loop -> loop.awaitEnd(CLOSING));
    Thread end = new Thread(context::term, "zmq-end");
    end.setDaemon(true);
    end.start();
    try {
      end.join(LINGER.plus(CLOSING).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (end.isAlive()) {
      LOG.warn("ZeroMQ does not end; its threads are left behind");
    }
  }
}

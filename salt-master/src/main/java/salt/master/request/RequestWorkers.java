package salt.master.request;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.transport.Transport;

/**
 * The threads {@code master-worker-N} ({@code worker_threads} of them), which answer requests.
 *
 * <p>Between the socket and them lies a queue of {@value #QUEUE_BOUND} requests. When it is full, a
 * request stays unanswered: its sender repeats it after its time-out, as it does when a packet is
 * lost.
 */
public final class RequestWorkers implements Transport.RequestHandler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RequestWorkers.class);
  private static final int QUEUE_BOUND = 20_000;

  private final Dispatcher dispatcher;
  private final BlockingQueue<Transport.Request> queue = new ArrayBlockingQueue<>(QUEUE_BOUND);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /** Starts {@code number} workers. */
  public RequestWorkers(Dispatcher dispatcher, int number) {
    this.dispatcher = dispatcher;
    for (int i = 0; i < number; i++) {
      Thread thread = new Thread(this::work, "master-worker-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  @Override
  public void handle(Transport.Request request) {
    if (!queue.offer(request)) {
      log.error("a request from {} is dropped: {} are waiting", request.peer(), QUEUE_BOUND);
    }
  }

  private void work() {
    try {
      while (!closed || !queue.isEmpty()) {
        Transport.Request request = queue.poll(1, TimeUnit.SECONDS);
        if (request != null) {
          answer(request);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One request that cannot be answered must not cost the worker. */
  private void answer(Transport.Request request) {
    try {
      dispatcher.dispatch(request);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("a request from {} failed: {}", request.peer(), e.toString(), e);
      request.reply(
          salt.common.payload.MessagePack.NETWORK.pack("Server-side exception handling payload"));
    }
  }

  /** Answers what is queued, then ends the threads. Close the port first. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

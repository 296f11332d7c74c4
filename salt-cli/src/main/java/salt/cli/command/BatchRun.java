package salt.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import salt.cli.client.Gathering;
import salt.cli.client.JobRequest;
import salt.cli.client.LocalClient;
import salt.cli.client.MinionReturn;
import salt.cli.client.PublishFailure;
import salt.common.config.Options;
import salt.common.payload.PythonText;

/**
 * A job for a few minions at a time: those that answer a ping, each as soon as another has
 * returned. With {@code --static} for all at once, and printed at the end.
 */
final class BatchRun {
  private static final int FAILED = 1;
  private static final int NOTHING = 2;

  private final SaltRequest request;
  private final Options options;
  private final Conversation conversation;
  private final LocalClient client;
  private final ReturnDisplay display;
  private final boolean collects;
  private final long pause;

  /** When places, whose minions have returned, may be given to others. */
  private final Queue<Long> pauses = new ArrayDeque<>();

  private final List<Gathering> running = new ArrayList<>();
  private final Map<String, Object> collected = new LinkedHashMap<>();
  private int active;
  private int worst;

  BatchRun(SaltRequest request, Conversation conversation, ReturnDisplay display) {
    this.request = request;
    this.options = request.options();
    this.conversation = conversation;
    this.client = conversation.client();
    this.display = display;
    collects = options.flag("static");
    pause = (long) (options.number("batch_wait") * TimeUnit.SECONDS.toNanos(1));
  }

  /** Runs it and gives the exit code: the worst of the minions', but 0 with {@code --static}. */
  int run() throws IOException, InterruptedException {
    List<String> down = new ArrayList<>();
    List<String> minions = ping(down);
    String text = options.text("batch", "100%");
    OptionalInt size = BatchSize.of(text, minions.size());
    if (!minions.isEmpty() && size.isEmpty()) {
      conversation.out().println("Invalid batch data sent: " + text);
      conversation.out().println("Data must be in the form of %10, 10% or 3");
      return FAILED;
    } else if (minions.isEmpty()) {
      return nobody();
    }
    if (!collects) {
      down.forEach(
          id ->
              conversation
                  .out()
                  .println("Minion " + id + " did not respond. No job will be sent."));
    }
    serve(new ArrayDeque<>(minions), size.getAsInt());
    if (!collects) {
      return worst;
    }
    display.show(null, collected);
    return 0;
  }

  private int nobody() throws IOException {
    if (collects) {
      display.show(null, Map.of());
    }
    conversation.err().println("ERROR: No return received");
    return NOTHING;
  }

  /**
   * Who is there.
   *
   * @param down takes those that should be, but are not
   */
  private List<String> ping(List<String> down) throws InterruptedException {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("gather_job_timeout", options.any("gather_job_timeout"));
    extra.put("yield_pub_data", true);
    List<String> up = new ArrayList<>();
    try {
      Gathering ping =
          client.publish(
              new JobRequest(
                  request.target(),
                  request.targetType(),
                  "test.ping",
                  List.of(),
                  timeout(),
                  extra));
      for (Optional<MinionReturn> next = client.next(ping);
          next.isPresent();
          next = client.next(ping)) {
        up.add(next.get().id());
      }
      down.addAll(ping.unreturned());
    } catch (PublishFailure e) {
      if (!e.matchedNobody()) {
        throw e;
      }
      conversation.out().println(e.getMessage());
      if (!collects) {
        conversation.out().println("No minions matched the target.");
      }
      conversation.explain(e);
    }
    return new ArrayList<>(new TreeSet<>(up));
  }

  private int timeout() {
    return options.integer("timeout");
  }

  private void serve(Deque<String> waiting, int size) throws IOException, InterruptedException {
    while (!waiting.isEmpty() || !running.isEmpty()) {
      long now = System.nanoTime();
      while (!pauses.isEmpty() && pauses.peek() - now <= 0) {
        pauses.remove();
      }
      List<String> next = new ArrayList<>();
      while (!waiting.isEmpty() && active + next.size() + pauses.size() < size) {
        next.add(waiting.remove());
      }
      if (!next.isEmpty()) {
        start(next);
      }
      long wait = pauses.isEmpty() ? Long.MAX_VALUE : Math.max(0, pauses.peek() - now);
      client.await(Duration.ofNanos(wait));
      for (Gathering job : List.copyOf(running)) {
        take(job);
      }
    }
  }

  private void start(List<String> minions) {
    active += minions.size();
    if (!collects) {
      conversation.out().println("\nExecuting run on " + PythonText.repr(minions) + "\n");
    }
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("raw", false);
    extra.put("gather_job_timeout", options.any("gather_job_timeout"));
    running.add(
        client.publish(
            new JobRequest(minions, "list", request.fun(), request.arg(), timeout(), extra)));
  }

  private void take(Gathering job) throws IOException {
    for (Optional<MinionReturn> next = job.poll(); next.isPresent(); next = job.poll()) {
      leave();
      worst = Math.max(worst, next.get().exitCode());
      show(next.get(), job.job().jid());
    }
    if (job.isFinished()) {
      running.remove(job);
      for (String id : job.unreturned()) {
        leave();
        showSilent(id, job.job().jid());
      }
    }
  }

  private void leave() {
    active--;
    if (pause > 0) {
      pauses.add(System.nanoTime() + pause);
    }
  }

  private void show(MinionReturn one, String jid) throws IOException {
    if (collects) {
      collected.put(one.id(), one.value());
      return;
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    if (one.retcode() != null) {
      shown.put("retcode", one.retcode() instanceof Map ? (long) one.exitCode() : one.retcode());
    }
    shown.put("jid", jid);
    shown.put(one.id(), one.value());
    display.show(one.out(), shown);
  }

  /** Real Salt shows an empty result and says no more. */
  private void showSilent(String id, String jid) throws IOException {
    if (collects) {
      collected.put(id, Map.of());
      return;
    }
    display.show(null, Map.of(id, Map.of()));
    conversation
        .err()
        .println("hint: " + id + " did not return; see salt-run jobs.lookup_jid " + jid);
  }
}

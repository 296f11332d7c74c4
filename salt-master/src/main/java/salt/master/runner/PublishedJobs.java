package salt.master.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import salt.common.event.Event;
import salt.common.event.EventBus;
import salt.common.event.EventSubscription;
import salt.common.payload.PythonText;
import salt.common.target.ExpectedMinions;
import salt.common.target.TargetCheck;

/**
 * The minions of the master in this process, for its runners: publishes and hears the returns on
 * its bus. A minion that is late is asked whether it still runs the job, and gets more time if so.
 */
public final class PublishedJobs implements MinionClient {
  private final TargetCheck targets;
  private final Publishing publisher;
  private final EventBus events;
  private final Supplier<String> jids;
  private final String user;

  /** Sends jobs out. */
  @FunctionalInterface
  public interface Publishing {
    /**
     * Publishes one job.
     *
     * @param load the publish request, with its {@code jid}
     * @param minions the ids that should answer
     * @param missing names of a list that are no accepted minions
     * @return completes when it is published
     */
    CompletableFuture<Void> publish(
        Map<String, Object> load, List<String> minions, List<String> missing);
  }

  /**
   * Publishes with {@code publisher}.
   *
   * @param jids gives the next job id
   * @param user the name that jobs are published under
   */
  public PublishedJobs(
      TargetCheck targets,
      Publishing publisher,
      EventBus events,
      Supplier<String> jids,
      String user) {
    this.targets = targets;
    this.publisher = publisher;
    this.events = events;
    this.jids = jids;
    this.user = user;
  }

  @Override
  public Gathered run(Order order) {
    ExpectedMinions expected = targets.check(order.target(), order.targetType());
    if (expected.minions().isEmpty()) {
      return new Gathered(List.of(), Map.of());
    }
    String jid = jids.get();
    Map<String, Map<String, Object>> returns = new LinkedHashMap<>();
    try (EventSubscription subscription = events.subscribe("salt/job/" + jid + "/ret/")) {
      publisher.publish(load(order, jid), expected.minions(), expected.missing()).join();
      Set<String> waited = new LinkedHashSet<>(expected.minions());
      while (!waited.isEmpty()) {
        hear(subscription, waited, returns, order.timeout());
        waited.removeAll(returns.keySet());
        waited.retainAll(running(order, jid, waited));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MinionClientException("interrupted while waiting for job " + jid, e);
    }
    return new Gathered(expected.minions(), returns);
  }

  private Map<String, Object> load(Order order, String jid) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "publish");
    load.put("tgt", order.target());
    load.put("fun", order.fun());
    load.put("arg", order.arg());
    load.put("tgt_type", order.targetType());
    load.put("ret", "");
    load.put("jid", jid);
    load.put("user", user);
    return load;
  }

  private static void hear(
      EventSubscription subscription,
      Set<String> waited,
      Map<String, Map<String, Object>> returns,
      int seconds)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(Math.max(1, seconds)).toNanos();
    while (!returns.keySet().containsAll(waited) && subscription.isOpen()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      Optional<Event> event = subscription.next(Duration.ofNanos(left));
      event
          .filter(came -> came.data().get("id") instanceof String)
          .ifPresent(came -> returns.putIfAbsent((String) came.data().get("id"), result(came)));
    }
  }

  private static Map<String, Object> result(Event event) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("return", event.data().get("return"));
    result.put("retcode", event.data().get("retcode"));
    return result;
  }

  /** Those that say that they run the job. */
  private Set<String> running(Order order, String jid, Set<String> late)
      throws InterruptedException {
    if (late.isEmpty()) {
      return Set.of();
    }
    List<String> ids = new ArrayList<>(late);
    String asking = jids.get();
    Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
    try (EventSubscription subscription = events.subscribe("salt/job/" + asking + "/ret/")) {
      Order question =
          new Order(ids, "list", "saltutil.find_job", List.of(jid), order.gatherTimeout(), 0);
      publisher.publish(load(question, asking), ids, List.of()).join();
      hear(subscription, late, answers, question.timeout());
    }
    Set<String> running = new HashSet<>();
    answers.forEach(
        (id, answer) -> {
          if (answer.get("return") instanceof Map<?, ?> job && PythonText.truth(job)) {
            running.add(id);
          }
        });
    return running;
  }
}

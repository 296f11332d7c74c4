package salt.cli.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import salt.common.event.Event;

/** Asks minions whether they run a job, and understands what they say. */
final class FindJob {
  private final int seconds;
  private final Map<String, Object> extra;
  private final Function<JobRequest, Optional<String>> publisher;
  private final List<String> jids = new ArrayList<>();
  private final Set<String> answered = new HashSet<>();

  /**
   * Asks.
   *
   * @param seconds how long to wait for the answers ({@code gather_job_timeout})
   * @param extra the {@code kwargs} of the request
   * @param publisher publishes and gives the jid, or nothing when that failed
   */
  FindJob(
      int seconds, Map<String, Object> extra, Function<JobRequest, Optional<String>> publisher) {
    this.seconds = seconds;
    this.extra = extra;
    this.publisher = publisher;
  }

  /** How long to wait for answers, in nanoseconds. */
  long timeout() {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  /** The jobs that were published to ask; the last one counts. */
  Collection<String> jids() {
    return List.copyOf(jids);
  }

  void ask(String jid, List<String> minions) {
    jids.clear();
    answered.clear();
    publisher
        .apply(new JobRequest(minions, "list", "saltutil.find_job", List.of(jid), seconds, extra))
        .ifPresent(jids::add);
  }

  /** The minion that says by this event that it runs the job. */
  Optional<String> running(Event event) {
    if (event.data().get("id") instanceof String id && answered.add(id) && says(event.data())) {
      return Optional.of(id);
    }
    return Optional.empty();
  }

  /** Those of the minions whose answer, not seen as an event, says that they run the job. */
  List<String> found(Collection<String> minions, JobCacheView cache) {
    List<String> running = new ArrayList<>();
    for (String jid : jids) {
      for (String id : minions) {
        if (!answered.contains(id)) {
          cache
              .find(jid, id)
              .ifPresent(
                  sent -> {
                    answered.add(id);
                    if (says(sent)) {
                      running.add(id);
                    }
                  });
        }
      }
    }
    return running;
  }

  /** The answer is a map that describes the job, or an empty one; anything else is an error. */
  private static boolean says(Map<?, ?> sent) {
    return sent.get("return") instanceof Map<?, ?> job
        && !job.isEmpty()
        && !(sent.get("retcode") instanceof Number code && code.doubleValue() > 0);
  }
}

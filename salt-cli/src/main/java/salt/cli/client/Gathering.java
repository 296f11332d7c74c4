package salt.cli.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.event.Event;

/**
 * Gathers the returns of one job, as real Salt's command line does: after the job's time-out the
 * minions that are missing are asked whether they still run it; those that do get that long again.
 * It ends when all have returned, or when nobody is left that runs it.
 *
 * <p>Events bring the returns; the job cache is looked at as well, so that a return whose event was
 * missed is not taken for none. Made and driven by {@link LocalClient}; not thread-safe.
 */
public final class Gathering {
  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

  /** How often the cache is looked at while there are no events. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * When the cache is first looked at: early, as a return may have come before the bus took this
   * listener; then after twice as long each time, up to the job's time-out.
   */
  private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final PublishedJob job;
  private final long timeout;
  private final FindJob findJob;
  private final JobCacheView cache;
  private final Set<String> left;
  private final Set<String> found = new LinkedHashSet<>();
  private final Queue<MinionReturn> ready = new ArrayDeque<>();
  private final Map<String, Long> deadlines = new HashMap<>();
  private long roundEnd;
  private long lookAt;
  private long pause;
  private boolean running = true;
  private boolean finished;

  /**
   * A gathering that begins now.
   *
   * @param timeout how long a minion may take before it is asked, in nanoseconds
   */
  Gathering(PublishedJob job, long timeout, FindJob findJob, JobCacheView cache, long now) {
    this.job = job;
    this.timeout = timeout;
    this.findJob = findJob;
    this.cache = cache;
    left = new LinkedHashSet<>(job.minions());
    roundEnd = now + timeout;
    pause = Math.min(FIRST_LOOK_NANOS, timeout);
    lookAt = now + pause;
    for (String id : left) {
      deadlines.put(id, now + timeout);
    }
    finished = left.isEmpty();
  }

  /** The job. */
  public PublishedJob job() {
    return job;
  }

  /** The next return that has come, if there is one already. */
  public Optional<MinionReturn> poll() {
    return Optional.ofNullable(ready.poll());
  }

  /** Whether no more will come; what has come may still wait to be taken. */
  public boolean isFinished() {
    return finished;
  }

  /** The minions that were waited for and have not returned, sorted. */
  public List<String> unreturned() {
    return new ArrayList<>(new TreeSet<>(left));
  }

  /** The names of the list that are no accepted minions and did not return either, sorted. */
  public List<String> missing() {
    Set<String> missing = new TreeSet<>(job.missing());
    missing.removeAll(found);
    return new ArrayList<>(missing);
  }

  /** The jobs whose events it wants. */
  Collection<String> jids() {
    List<String> jids = new ArrayList<>(findJob.jids());
    jids.add(job.jid());
    return jids;
  }

  /** Takes an event of one of its jobs. */
  void accept(String jid, Event event, long now) {
    if (!jid.equals(job.jid())) {
      findJob.running(event).ifPresent(id -> extend(id, now));
    } else if (event.tag().startsWith("salt/job/" + jid + "/ret/")) {
      if (event.data().get("id") instanceof String id && event.data().containsKey("return")) {
        take(id, event.data());
      }
    } else if (event.data().containsKey("error")) {
      throw PublishFailure.of("Authorization error occurred");
    }
  }

  private void extend(String id, long now) {
    if (left.contains(id)) {
      LOG.debug("job {}: {} still runs it", job.jid(), id);
      deadlines.put(id, now + timeout);
      running = true;
    }
  }

  private void take(String id, Map<?, ?> sent) {
    if (found.add(id)) {
      left.remove(id);
      LOG.debug("job {}: {} returned, {} minions are left", job.jid(), id, left.size());
      ready.add(MinionReturn.of(id, sent));
    }
    finished |= left.isEmpty();
  }

  /** Looks at the cache as soon as possible: events were missed. */
  void lookNow(long now) {
    lookAt = now;
  }

  /** When {@link #advance} is due at the latest. */
  long due(boolean heard, long now) {
    long next = Math.min(roundEnd, lookAt);
    return heard ? next : Math.min(next, now + POLL_NANOS);
  }

  /**
   * Does what is due.
   *
   * @param heard whether there are events; without, the cache is looked at each time
   */
  void advance(boolean heard, long now) {
    if (finished) {
      return;
    }
    if (!heard || now >= lookAt) {
      look(now);
      pause = Math.min(2 * pause, timeout);
      lookAt = now + pause;
    }
    if (finished || now < roundEnd) {
      return;
    }
    look(now);
    if (finished) {
      return;
    }
    if (running) {
      running = false;
      LOG.debug("job {}: asking {} minions whether they still run it", job.jid(), left.size());
      findJob.ask(job.jid(), unreturned());
      roundEnd = now + findJob.timeout();
    } else if (left.stream().allMatch(id -> now >= deadlines.get(id))) {
      finished = true;
    } else {
      roundEnd = left.stream().mapToLong(deadlines::get).max().orElse(now);
    }
  }

  private void look(long now) {
    for (String id : List.copyOf(left)) {
      cache
          .find(job.jid(), id)
          .filter(sent -> sent.containsKey("return"))
          .ifPresent(sent -> take(id, sent));
    }
    // Who answers find_job while the bus is deaf is found in the cache, too.
    findJob.found(left, cache).forEach(id -> extend(id, now));
  }
}

package salt.cli.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.Event;
import salt.common.event.EventBusException;
import salt.common.transport.Transport;

/**
 * The client of the master on this machine. Publishes over the request port with the local key of
 * its user, and hears of returns from the master's event bus and job cache. Not thread-safe.
 */
public final class LocalClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalClient.class);
  private static final Set<String> OWN_EXTRA = Set.of("show_timeout", "show_jid");

  /** The longest it sleeps when nothing is due. */
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

  private final Options options;
  private final Publisher publisher;
  private final JobEvents events;
  private final JobCacheView cache;
  private final LostMinions lost;
  private final Set<Gathering> gatherings = new LinkedHashSet<>();

  /**
   * A client; nothing is connected yet.
   *
   * @param options the configuration of the master, as a command reads it
   * @param transport closed by the caller, after this
   * @param login the user that this process runs as
   * @param environment the environment variables
   */
  public LocalClient(
      Options options, Transport transport, String login, Map<String, String> environment) {
    this.options = options;
    this.publisher = new Publisher(options, transport, login, environment);
    this.events = new JobEvents(options, System::nanoTime);
    this.cache = new JobCacheView(options);
    this.lost = new LostMinions(options);
  }

  /**
   * Publishes a job without waiting for returns.
   *
   * @throws PublishFailure when it was not published, or nobody matches
   */
  public PublishedJob start(JobRequest request) {
    return publisher.publish(request);
  }

  /**
   * Publishes a job and begins to gather its returns; the bus is listened to before.
   *
   * @throws PublishFailure when it was not published, or nobody matches
   */
  public Gathering publish(JobRequest request) {
    if (!events.isHeard()) {
      Optional<EventBusException> deaf = events.listen();
      if (deaf.isPresent() && !cache.isReadable()) {
        throw publisher.deaf(deaf.get());
      }
    }
    PublishedJob job = publisher.publish(request);
    LOG.debug(
        "job {}: {} is published to {} as {}; it should be run by {} minions",
        job.jid(),
        request.fun(),
        request.target(),
        request.targetType(),
        job.minions().size());
    Gathering gathering =
        new Gathering(
            job,
            TimeUnit.SECONDS.toNanos(request.timeout()),
            new FindJob(options.integer("gather_job_timeout"), asking(request), this::ask),
            cache,
            System.nanoTime());
    gatherings.add(gathering);
    wantEvents();
    return gathering;
  }

  private static Map<String, Object> asking(JobRequest request) {
    Map<String, Object> extra = new LinkedHashMap<>(request.extra());
    extra.keySet().removeAll(OWN_EXTRA);
    return extra;
  }

  /** Without an answer nobody is known to run the job, and the cache has the last word. */
  private Optional<String> ask(JobRequest request) {
    try {
      return Optional.of(publisher.publish(request).jid());
    } catch (PublishFailure e) {
      return Optional.empty();
    }
  }

  private void wantEvents() {
    List<String> jids = new ArrayList<>();
    for (Gathering gathering : gatherings) {
      jids.addAll(gathering.jids());
    }
    events.want(jids);
  }

  /**
   * Waits for the next return of a job.
   *
   * @return nothing when no more will come; {@link Gathering#unreturned} has who is left
   * @throws PublishFailure when minions say that the caller may not do this
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Optional<MinionReturn> next(Gathering gathering) throws InterruptedException {
    Optional<MinionReturn> next = gathering.poll();
    while (next.isEmpty() && !gathering.isFinished()) {
      await(Duration.ofSeconds(1));
      next = gathering.poll();
    }
    return next;
  }

  /**
   * Waits, but not longer than {@code most}, for something to happen to the jobs being gathered.
   */
  public void await(Duration most) throws InterruptedException {
    long now = System.nanoTime();
    long wait = Math.min(most.toNanos(), LONGEST_WAIT);
    for (Gathering gathering : gatherings) {
      wait = Math.min(wait, gathering.due(events.isHeard(), now) - now);
    }
    boolean heard = events.isHeard();
    Optional<Event> event = events.next(Duration.ofNanos(Math.max(0, wait)));
    long then = System.nanoTime();
    if (event.isPresent()) {
      route(event.get(), then);
    }
    for (Gathering gathering : List.copyOf(gatherings)) {
      if (heard != events.isHeard()) {
        gathering.lookNow(then);
      }
      gathering.advance(events.isHeard(), then);
      if (gathering.isFinished()) {
        gatherings.remove(gathering);
      }
    }
    wantEvents();
  }

  private void route(Event event, long now) {
    if (event.tag().equals(Event.MISSED)) {
      for (Gathering gathering : gatherings) {
        gathering.lookNow(now);
      }
      return;
    }
    String[] parts = event.tag().split("/", 4);
    for (Gathering gathering : gatherings) {
      if (gathering.jids().contains(parts[2])) {
        gathering.accept(parts[2], event, now);
      }
    }
  }

  /** What to show for a minion that did not return. */
  public MinionReturn noReturn(String jid, String id) {
    return lost.contains(id) ? NoReturn.notConnected(id) : NoReturn.noResponse(id, jid);
  }

  /** How to find what arrives for a job after its client has ended. */
  public static String lookUp(String jid) {
    return NoReturn.lookUp(jid);
  }

  @Override
  public void close() {
    events.close();
    publisher.close();
  }
}

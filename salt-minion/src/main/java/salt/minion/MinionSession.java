package salt.minion;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.common.job.Jid;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.ServiceFunctions;
import salt.common.pattern.PatternProblem;
import salt.common.target.Target;
import salt.common.target.TargetProblem;
import salt.common.transport.TransportException;
import salt.minion.connection.MasterConnection;
import salt.minion.job.Blackout;
import salt.minion.job.JobRunner;
import salt.minion.job.JobSettings;
import salt.minion.job.MinionJobCache;
import salt.minion.job.ReturnSender;
import salt.minion.job.ReturnSpool;
import salt.minion.module.MinionContext;
import salt.minion.module.ModuleSelection;

/**
 * A minion as one of its masters sees it: the connection, the facts sent to it, the jobs it
 * published. With several masters there are as many sessions, each with modules of its own.
 */
final class MinionSession implements MinionContext, AutoCloseable {
  /** How long the start event waits for the publish port. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  private static final Logger log = LoggerFactory.getLogger(MinionSession.class);
  private static final List<String> REQUIRED = List.of("tgt", "jid", "fun", "arg");
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);
  private static final long SPOOL_BYTES = 256L << 20;
  private static final Duration SPOOL_AGE = Duration.ofDays(7);

  private final Options options;
  private final EventBus events;
  private final String id;
  private final Clock clock;
  private final Facts facts;
  private final MasterConnection connection;
  private final Functions functions;
  private final JobRunner runner;
  private final ReturnSpool spool;
  private final Upkeep upkeep;
  private volatile Map<String, Object> pillar = Map.of();
  private volatile ReturnSender sender;

  /**
   * Prepares a session over {@code connection}; nothing is sent yet.
   *
   * @param facts the grains, which all sessions share
   * @param events the minion's own bus
   */
  MinionSession(
      Options options,
      MasterConnection connection,
      JobSettings jobs,
      Facts facts,
      EventBus events) {
    this.options = options;
    this.events = events;
    this.id = options.text("id");
    this.clock = facts.clock();
    this.connection = connection;
    this.facts = facts;
    this.functions =
        ModuleSelection.of(new ServiceFunctions(ModuleIndex.Kind.EXECUTION, () -> this), options);
    this.runner =
        new JobRunner(
            jobs, connection.address(), functions, new Blackout(this::pillar, this::grains));
    this.upkeep = new Upkeep(this);
    this.spool =
        new ReturnSpool(
            options.path("cachedir").resolve("returns").resolve(fileName(connection.address())),
            SPOOL_BYTES,
            SPOOL_AGE,
            clock);
  }

  private static String fileName(String address) {
    return address.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /**
   * Signs in, fetches the pillar, takes publications and says so; waits for the master as long as
   * it takes.
   *
   * @return 0, or the exit code to end the process with
   */
  int open() throws InterruptedException {
    if (delayed()) {
      return 0;
    }
    int exitCode = connection.signIn();
    if (exitCode != 0 || !connection.isSignedIn()) {
      return exitCode;
    }
    Duration wait = Duration.ofMillis((long) (1000 * options.number("acceptance_wait_time")));
    while (!fetchPillar()) {
      if (connection.endsIn(wait)) {
        return 0;
      }
    }
    begin();
    return 0;
  }

  /** Waits by chance up to {@code random_startup_delay} seconds; true when the minion ends. */
  private boolean delayed() throws InterruptedException {
    int most = options.integer("random_startup_delay");
    if (most <= 0) {
      return false;
    }
    int delay = ThreadLocalRandom.current().nextInt(most + 1);
    log.info("waiting {} s of at most {} (random_startup_delay)", delay, most);
    return connection.endsIn(Duration.ofSeconds(delay));
  }

  /** Does the same with one attempt only; false when the master does not take this minion now. */
  boolean tryOpen() {
    if (!connection.trySignIn() || !fetchPillar()) {
      return false;
    }
    begin();
    return true;
  }

  private void begin() {
    if (sender == null) {
      sender = new ReturnSender(spool, connection::sendReturn, connection::returnPause);
      runner.resume(this::deliver);
    }
    connection.subscribe(this::take, sender::retry);
    // Who hears of the start may publish at once, and a job must not be missed.
    if (!connection.awaitConnected(CONNECT_LIMIT)) {
      log.warn(
          "the publish port of the master at {} is not connected yet; until it is, no job arrives",
          connection.address());
    }
    announceStart();
    upkeep.begin();
  }

  /**
   * Takes no more publications of this master until opened again. Jobs run on, and their returns
   * are kept for it.
   */
  void leave() {
    upkeep.pause();
    connection.unsubscribe();
  }

  /** Whether the master would take this minion now. */
  boolean isTaken() {
    return connection.trySignIn();
  }

  /**
   * Tells the master that this minion is there ({@code ping_interval}). When it does not answer and
   * {@code auth_safemode} is set, real Salt restarts the minion after {@code random_reauth_delay};
   * here that is a fresh sign-in.
   */
  void ping() throws InterruptedException {
    try {
      connection.request(event("ping", "minion_ping"));
    } catch (TransportException e) {
      log.warn("the master at {} does not answer: {}", connection.address(), e.getMessage());
      if (options.flag("auth_safemode")) {
        Duration delay = Duration.ofSeconds(options.integer("random_reauth_delay"));
        log.info("signing in again in {} s (random_reauth_delay)", delay.toSeconds());
        if (!connection.endsIn(delay)) {
          connection.trySignIn();
        }
      }
    }
  }

  private void announceStart() {
    String text = "Minion " + id + " started at " + CTIME.format(ZonedDateTime.now(clock));
    try {
      if (options.flag("enable_legacy_startup_events")) {
        connection.request(startEvent(text, "minion_start"));
      }
      connection.request(startEvent(text, "salt/minion/" + id + "/start"));
    } catch (TransportException e) {
      log.warn("the start event was not delivered: {}", e.getMessage());
    }
  }

  private Map<String, Object> event(String text, String tag) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("id", id);
    load.put("cmd", "_minion_event");
    load.put("pretag", null);
    load.put("data", text);
    load.put("tag", tag);
    return load;
  }

  private Map<String, Object> startEvent(String text, String tag) {
    Map<String, Object> load = event(text, tag);
    List<?> wanted = options.list("start_event_grains");
    if (!wanted.isEmpty()) {
      Map<String, Object> sent = new LinkedHashMap<>();
      wanted.forEach(name -> sent.put(String.valueOf(name), grains().get(String.valueOf(name))));
      load.put("grains", sent);
    }
    return load;
  }

  /** Runs a publication if it is sound and meant for this minion. */
  private void take(Map<String, Object> job) {
    if (!REQUIRED.stream().allMatch(job::containsKey)
        || !(job.get("jid") instanceof String jid)
        || !Jid.isValid(jid)) {
      log.warn("a publication without a proper jid, fun, arg or target is ignored");
      return;
    }
    if (isMeant(job)) {
      if (options.flag("grains_refresh_pre_exec")) {
        facts.collect();
      }
      runner.run(job, this::deliver);
    }
  }

  private boolean isMeant(Map<String, Object> job) {
    String type = String.valueOf(job.getOrDefault("tgt_type", "glob"));
    String delimiter = job.get("delimiter") instanceof String text ? text : ":";
    try {
      return Target.parse(job.get("tgt"), type, delimiter, options.map("nodegroups"))
          .matches(new salt.common.target.Minion(id, grains(), pillar));
    } catch (TargetProblem | PatternProblem e) {
      log.warn("job {} is ignored, its target is wrong: {}", job.get("jid"), e.getMessage());
      return false;
    }
  }

  private void deliver(Map<String, Object> ret) {
    if (options.flag("cache_jobs")) {
      new MinionJobCache(options.path("cachedir")).keep(ret);
    }
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_return");
    load.put("id", id);
    load.putAll(ret);
    if (options.flag("pub_ret")) {
      sender.send(load);
    }
  }

  /** Whether the master can be reached, as far as is known. */
  boolean isConnected() {
    return connection.isConnected();
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Map<String, Object> grains() {
    return facts.grains();
  }

  @Override
  public Map<String, Object> pillar() {
    return pillar;
  }

  @Override
  public Functions functions() {
    return functions;
  }

  @Override
  public Optional<MasterLink> master() {
    return Optional.of(connection);
  }

  @Override
  public boolean fire(String tag, Map<String, Object> data) {
    events.fire(tag, data);
    return true;
  }

  @Override
  public RunningJobs jobs() {
    return runner;
  }

  @Override
  public Refresh refresh() {
    return new Refresh() {
      @Override
      public void grains() {
        facts.collect();
      }

      @Override
      public boolean pillar() {
        return fetchPillar();
      }
    };
  }

  /** Fetches the pillar anew, by which the master also learns the grains. */
  void refreshPillar() {
    fetchPillar();
  }

  /** Collects the grains anew and has the master know them. */
  void refreshGrains() {
    facts.collect();
    fetchPillar();
  }

  /** Sends a load to the master. */
  void request(Map<String, Object> load) {
    connection.request(load);
  }

  private boolean fetchPillar() {
    try {
      Map<String, Object> fetched = new LinkedHashMap<>();
      connection.pillar(grains()).forEach((key, value) -> fetched.put(String.valueOf(key), value));
      pillar = Collections.unmodifiableMap(fetched);
      return true;
    } catch (TransportException e) {
      log.error("the pillar was not fetched: {}", e.getMessage());
      return false;
    }
  }

  /** Has {@link #open} and {@link #tryOpen} end soon. */
  void stopWaiting() {
    connection.stopWaiting();
  }

  /** Takes no more jobs, ends those that run, keeps what could not be returned. */
  @Override
  public void close() {
    connection.stopWaiting();
    upkeep.close();
    connection.unsubscribe();
    runner.close();
    if (sender != null) {
      sender.close();
    }
    connection.close();
  }
}

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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.job.Jid;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.ServiceFunctions;
import salt.common.pattern.PatternProblem;
import salt.common.target.Target;
import salt.common.target.TargetProblem;
import salt.common.transport.TransportException;
import salt.minion.connection.MasterConnection;
import salt.minion.job.JobRunner;
import salt.minion.job.JobSettings;
import salt.minion.job.ReturnSender;
import salt.minion.job.ReturnSpool;
import salt.minion.module.MinionContext;

/**
 * A minion as one of its masters sees it: the connection, the facts sent to it, the jobs it
 * published. With several masters there are as many sessions, each with modules of its own.
 */
final class MinionSession implements MinionContext, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MinionSession.class);
  private static final List<String> REQUIRED = List.of("tgt", "jid", "fun", "arg");
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);
  private static final long SPOOL_BYTES = 256L << 20;
  private static final Duration SPOOL_AGE = Duration.ofDays(7);

  private final Options options;
  private final String id;
  private final Clock clock;
  private final Supplier<Map<String, Object>> grainCollector;
  private final MasterConnection connection;
  private final Functions functions;
  private final JobRunner runner;
  private final ReturnSpool spool;
  private volatile Map<String, Object> grains;
  private volatile Map<String, Object> pillar = Map.of();
  private volatile ReturnSender sender;

  /**
   * Prepares a session over {@code connection}; nothing is sent yet.
   *
   * @param collector collects the grains anew
   * @param grains as collected at start
   */
  MinionSession(
      Options options,
      MasterConnection connection,
      JobSettings jobs,
      Supplier<Map<String, Object>> collector,
      Map<String, Object> grains,
      Clock clock) {
    this.options = options;
    this.id = options.text("id");
    this.clock = clock;
    this.connection = connection;
    this.grainCollector = collector;
    this.grains = Collections.unmodifiableMap(grains);
    this.functions = new ServiceFunctions(ModuleIndex.Kind.EXECUTION, () -> this);
    this.runner = new JobRunner(jobs, functions);
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
   * Signs in, fetches the pillar, takes publications and says so.
   *
   * @return 0, or the exit code to end the process with
   */
  int open() throws InterruptedException {
    int exitCode = connection.signIn();
    if (exitCode != 0 || !connection.isSignedIn()) {
      return exitCode;
    }
    fetchPillar();
    Duration pause = Duration.ofSeconds(Math.max(1, options.integer("return_retry_timer")));
    sender = new ReturnSender(spool, connection::request, pause);
    connection.subscribe(this::take, sender::retry);
    announceStart();
    return 0;
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

  private Map<String, Object> startEvent(String text, String tag) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("id", id);
    load.put("cmd", "_minion_event");
    load.put("pretag", null);
    load.put("data", text);
    load.put("tag", tag);
    List<?> wanted = options.list("start_event_grains");
    if (!wanted.isEmpty()) {
      Map<String, Object> sent = new LinkedHashMap<>();
      wanted.forEach(name -> sent.put(String.valueOf(name), grains.get(String.valueOf(name))));
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
      runner.run(job, this::deliver);
    }
  }

  private boolean isMeant(Map<String, Object> job) {
    String type = String.valueOf(job.getOrDefault("tgt_type", "glob"));
    String delimiter = job.get("delimiter") instanceof String text ? text : ":";
    try {
      return Target.parse(job.get("tgt"), type, delimiter, options.map("nodegroups"))
          .matches(new salt.common.target.Minion(id, grains, pillar));
    } catch (TargetProblem | PatternProblem e) {
      log.warn("job {} is ignored, its target is wrong: {}", job.get("jid"), e.getMessage());
      return false;
    }
  }

  private void deliver(Map<String, Object> ret) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_return");
    load.put("id", id);
    load.putAll(ret);
    sender.send(load);
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
    return grains;
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
  public RunningJobs jobs() {
    return runner;
  }

  @Override
  public Refresh refresh() {
    return new Refresh() {
      @Override
      public void grains() {
        grains = Collections.unmodifiableMap(grainCollector.get());
      }

      @Override
      public boolean pillar() {
        return fetchPillar();
      }
    };
  }

  private boolean fetchPillar() {
    try {
      Map<String, Object> fetched = new LinkedHashMap<>();
      connection.pillar(grains).forEach((key, value) -> fetched.put(String.valueOf(key), value));
      pillar = Collections.unmodifiableMap(fetched);
      return true;
    } catch (TransportException e) {
      log.error("the pillar was not fetched: {}", e.getMessage());
      return false;
    }
  }

  /** Takes no more jobs, ends those that run, keeps what could not be returned. */
  @Override
  public void close() {
    connection.unsubscribe();
    runner.close();
    if (sender != null) {
      sender.close();
    }
    connection.close();
  }
}

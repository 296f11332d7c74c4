package salt.minion.module;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.transport.TransportException;
import salt.minion.module.MinionContext.MasterLink;

/** Asks the master to run jobs on other minions, as its {@code peer} options allow. */
@ExecutionModule("publish")
public final class PublishModule {
  private static final Logger LOG = LoggerFactory.getLogger(PublishModule.class);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(300);

  private final MinionContext context;

  /** The module of one minion. */
  public PublishModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Runs a function on other minions and returns what they return, by minion. {@code timeout} is in
   * seconds; minions that have not returned by then are left out.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt 'deploy1' publish.publish 'web*' status.uptime
   * </pre>
   */
  @Exposed
  public Object publish(@Argument.Group PeerJob job, Call call) throws InterruptedException {
    Map<Object, Object> returns = new LinkedHashMap<>();
    Object full = run(job, "clean", call);
    if (!(full instanceof Map<?, ?> map)) {
      return full;
    }
    map.forEach(
        (minion, data) ->
            returns.put(minion, data instanceof Map<?, ?> one ? one.get("ret") : data));
    return returns;
  }

  /**
   * As {@code publish.publish}, but of each minion a map that holds the return under {@code ret}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt 'deploy1' publish.full_data 'web*' status.uptime
   * </pre>
   */
  @Exposed
  public Object fullData(@Argument.Group(without = "via_master") PeerJob job, Call call)
      throws InterruptedException {
    return run(job, "full", call);
  }

  /**
   * Runs a runner on the master, as its {@code peer_run} option allows.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt publish.runner manage.down
   * </pre>
   */
  @Exposed
  public Object runner(
      String fun, @Argument.Default("null") Object arg, @Argument.Default("5") double timeout) {
    if (context.master().isEmpty()) {
      return "No access to master. If using salt-call with --local, please remove.";
    }
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "minion_runner");
    load.put("fun", fun);
    load.put("arg", PeerJob.arguments(arg));
    load.put("tmo", PeerJob.seconds(timeout));
    load.put("no_parse", context.options().list("no_parse"));
    try {
      return context.master().get().request(load);
    } catch (TransportException e) {
      LOG.warn("the master did not answer: {}", e.getMessage());
      return "'" + fun + "' runner publish timed out";
    }
  }

  /** What each minion returned, by minion; a text that says why there is nothing. */
  private Object run(PeerJob job, String form, Call call) throws InterruptedException {
    if (context.master().isEmpty()) {
      LOG.error("'{}' is not published: there is no master", job.fun());
      return Map.of();
    } else if (job.fun().startsWith("publish.")) {
      LOG.info("'{}' is not published: functions of publish can't be", job.fun());
      return Map.of();
    }
    MasterLink master = context.master().get();
    job.checkMaster(master.address());
    Object published;
    try {
      published = master.request(job.load(form, context.options().list("no_parse")));
    } catch (TransportException e) {
      LOG.warn("the master did not answer: {}", e.getMessage());
      return "'" + job.fun() + "' publish timed out";
    }
    if (!(published instanceof Map<?, ?> reply)
        || !(reply.get("minions") instanceof List<?> minions)) {
      return Map.of();
    }
    return gather(master, reply.get("jid"), minions, job.timeout(), call);
  }

  /** Asks for returns until all are there or the time is over. */
  private static Map<?, ?> gather(
      MasterLink master, Object jid, List<?> minions, double timeout, Call call)
      throws InterruptedException {
    long deadline = System.nanoTime() + Math.round(timeout * TimeUnit.SECONDS.toNanos(1));
    while (true) {
      Map<String, Object> load = new LinkedHashMap<>();
      load.put("cmd", "pub_ret");
      load.put("jid", jid);
      Map<?, ?> returns = master.request(load) instanceof Map<?, ?> map ? map : Map.of();
      boolean over = System.nanoTime() - deadline > 0;
      if (over || returns.keySet().containsAll(minions) || !call.pause(BETWEEN_QUESTIONS)) {
        return returns;
      }
    }
  }
}

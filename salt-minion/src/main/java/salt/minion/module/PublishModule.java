package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.job.ArgumentText;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.common.transport.TransportException;
import salt.minion.module.MinionContext.MasterLink;

/** Asks the master to run jobs on other minions, as its {@code peer} options allow. */
@ExecutionModule("publish")
public final class PublishModule {
  private static final Logger LOG = LoggerFactory.getLogger(PublishModule.class);
  private static final long PAUSE_MILLIS = 300;

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
   * salt system.example.com publish.publish '*' cmd.run 'ls -la /tmp'
   * </pre>
   */
  @Exposed
  public Object publish(
      Object tgt,
      String fun,
      @Argument.Default("null") Object arg,
      @Argument.Default("glob") String tgtType,
      @Argument.Default("''") String returner,
      @Argument.Default("5") double timeout,
      @Argument.Default("null") String viaMaster,
      Call call)
      throws InterruptedException {
    Map<String, Object> load = load(tgt, fun, arg, tgtType, returner);
    load.put("form", "clean");
    return run(load, timeout, viaMaster, call);
  }

  /**
   * As {@code publish.publish}, but of each minion a map that holds the return under {@code ret}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt system.example.com publish.full_data '*' cmd.run 'ls -la /tmp'
   * </pre>
   */
  @Exposed
  public Object fullData(
      Object tgt,
      String fun,
      @Argument.Default("null") Object arg,
      @Argument.Default("glob") String tgtType,
      @Argument.Default("''") String returner,
      @Argument.Default("5") double timeout,
      Call call)
      throws InterruptedException {
    Map<String, Object> load = load(tgt, fun, arg, tgtType, returner);
    load.put("form", "full");
    return run(load, timeout, null, call);
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
    load.put("arg", arguments(arg));
    load.put("tmo", seconds(timeout));
    load.put("no_parse", context.options().list("no_parse"));
    try {
      return context.master().get().request(load);
    } catch (TransportException e) {
      LOG.warn("the master did not answer: {}", e.getMessage());
      return "'" + fun + "' runner publish timed out";
    }
  }

  private Map<String, Object> load(
      Object tgt, String fun, Object arg, String tgtType, String returner) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "minion_pub");
    load.put("fun", fun);
    load.put("arg", arguments(arg));
    load.put("tgt", tgt);
    load.put("tgt_type", tgtType);
    load.put("ret", returner);
    load.put("no_parse", context.options().list("no_parse"));
    return load;
  }

  /** Text is read as YAML; what is then no list is the one argument. */
  private static List<?> arguments(Object arg) {
    Object value = arg instanceof String text ? ArgumentText.value(text) : arg;
    if (value instanceof List<?> list) {
      return list;
    }
    return value == null ? List.of() : List.of(value);
  }

  private static Object seconds(double timeout) {
    return timeout == Math.rint(timeout) ? (Object) (long) timeout : (Object) timeout;
  }

  private Object run(Map<String, Object> load, double timeout, String viaMaster, Call call)
      throws InterruptedException {
    String fun = (String) load.get("fun");
    if (context.master().isEmpty()) {
      LOG.error("'{}' is not published: there is no master", fun);
      return Map.of();
    } else if (fun.startsWith("publish.")) {
      LOG.info("'{}' is not published: functions of publish can't be", fun);
      return Map.of();
    }
    MasterLink master = context.master().get();
    if (viaMaster != null && !viaMaster.isEmpty() && !viaMaster.equals(master.address())) {
      throw new CallException(
          CallException.Kind.INVOCATION,
          "Could not find match for "
              + viaMaster
              + " in list of configured masters "
              + PythonText.repr(List.of(master.address()))
              + " when using `via_master` option");
    }
    load.put("tmo", seconds(timeout));
    Object published;
    try {
      published = master.request(load);
    } catch (TransportException e) {
      LOG.warn("the master did not answer: {}", e.getMessage());
      return "'" + fun + "' publish timed out";
    }
    if (!(published instanceof Map<?, ?> job) || !(job.get("minions") instanceof List<?> minions)) {
      return Map.of();
    }
    Map<?, ?> returns = gather(master, job.get("jid"), minions, timeout, call);
    return "clean".equals(load.get("form")) ? clean(returns) : returns;
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
      boolean over = System.nanoTime() - deadline > 0 || call.cancelled();
      if (over || returns.keySet().containsAll(minions)) {
        return returns;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static Map<Object, Object> clean(Map<?, ?> returns) {
    Map<Object, Object> clean = new LinkedHashMap<>();
    returns.forEach(
        (minion, data) -> clean.put(minion, data instanceof Map<?, ?> map ? map.get("ret") : data));
    return clean;
  }
}

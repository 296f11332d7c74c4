package salt.master.runner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.job.Arguments;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.CallFailure;
import salt.common.loader.Function;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.PythonError;
import salt.common.loader.ServiceFunctions;
import salt.common.pattern.Glob;
import salt.common.target.TargetCheck;
import salt.master.cache.ConnectedMinions;
import salt.master.cache.MineCache;
import salt.master.cache.MinionCache;
import salt.master.job.JobReader;
import salt.master.job.LocalJobReader;
import salt.master.job.RunReturns;
import salt.master.key.KeyState;
import salt.master.key.KeyStore;
import salt.master.key.MinionKeys;

/**
 * Runs runners: announces each run by {@code salt/run/<jid>/new} and {@code .../ret}, and keeps
 * what it returned in the job cache unless {@code runner_returns} is off. Thread-safe.
 */
public final class Runners {
  static final String TAG = "salt/run/";
  private static final Logger log = LoggerFactory.getLogger(Runners.class);

  private final Options options;
  private final JobReader jobs;
  private final RunReturns returns;
  private final Announcements announcements;
  private final ServiceFunctions functions;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();

  /**
   * What runners reach.
   *
   * @param minions has minions do something
   * @param events the master's bus
   * @param listener hears of each run
   * @param out takes lines that runners print themselves
   */
  public record Surroundings(
      MinionClient minions, MasterEvents events, RunnerListener listener, Consumer<String> out) {}

  /** The runners of the class path, by the options of the master. */
  public Runners(Options options, Surroundings surroundings, Clock clock) {
    this.options = options;
    String hashType = options.text("hash_type", "sha256");
    this.jobs = new LocalJobReader(options.path("cachedir"), hashType);
    this.returns = new RunReturns(options.path("cachedir"), hashType);
    this.announcements = new Announcements(surroundings.events, surroundings.listener, clock);
    this.functions =
        new ServiceFunctions(ModuleIndex.Kind.RUNNER, () -> context(surroundings, clock));
  }

  /** The runners within a master, whose words go to its log. */
  static Runners inMaster(Options options, MinionClient minions, MasterEvents events, Clock clock) {
    return new Runners(
        options,
        new Surroundings(
            minions,
            events,
            (suffix, data) -> log.debug("a runner says {}", suffix),
            line -> log.info("a runner prints: {}", line)),
        clock);
  }

  private RunnerContext context(Surroundings surroundings, Clock clock) {
    KeyStore store = new KeyStore(options.path("pki_dir"));
    MinionCache cache =
        new MinionCache(options.path("cachedir"), () -> store.list(KeyState.ACCEPTED), clock);
    TargetCheck targets =
        new TargetCheck(cache, options.map("nodegroups"), options.flag("minion_data_cache"));
    return new RunnerContext(
        options,
        surroundings.events,
        announcements,
        jobs,
        surroundings.minions,
        new MinionKeys(options, store, surroundings.events::fire),
        cache,
        new MineCache(options, targets),
        targets,
        ConnectedMinions.ofThisMachine(cache, options.integer("publish_port")),
        () -> functions,
        surroundings.out);
  }

  /** All runners. */
  public Functions functions() {
    return functions;
  }

  /**
   * What is written about functions, by name, sorted.
   *
   * @param match a glob when it has a star; else a function or module, or empty for all
   */
  public Map<String, Object> docs(String match) {
    Map<String, Object> docs = new LinkedHashMap<>();
    Glob glob = match.contains("*") ? Glob.of(match) : null;
    String module = match.endsWith(".") ? match : match + ".";
    for (String name : functions.names()) {
      boolean wanted =
          glob != null
              ? glob.matches(name)
              : match.isEmpty() || name.equals(match) || name.startsWith(module);
      if (wanted) {
        functions.find(name).ifPresent(function -> docs.put(name, function.doc()));
      }
    }
    return docs;
  }

  /**
   * Checks a call before it runs, as Salt does with command lines.
   *
   * @throws CallException when there is no such function, or keyword arguments are not its own
   */
  public void check(String fun, Arguments arguments) {
    Function function =
        functions
            .find(fun)
            .orElseThrow(
                () ->
                    new CallException(
                        CallException.Kind.NOT_AVAILABLE, "'" + fun + "' is not available."));
    function.checkKeywords(arguments.keyword());
  }

  /**
   * What to tell of a failed check: what is written about functions whose names begin like the one
   * asked for, which helps more than the problem itself; or the problem when there are none.
   */
  public Object explain(String fun, CallException problem) {
    Map<String, Object> docs = docs(fun + "*");
    return docs.isEmpty() ? problem.getMessage() : docs;
  }

  /** Announces the failure of a check. */
  public void refuse(String fun, List<Object> arguments, String jid, CallException problem) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("success", false);
    data.put("return", problem.getMessage());
    data.put("retcode", 254L);
    data.put("fun", fun);
    data.put("fun_args", arguments);
    data.put("jid", jid);
    announcements.refused(TAG + jid, data);
  }

  /**
   * Runs a function and waits for its end. It never throws for what the function does.
   *
   * @param jid the id of the run
   * @param user who runs it
   * @return {@code fun}, {@code jid}, {@code user}, {@code fun_args}, {@code return}, {@code
   *     success}, and {@code retcode} 1 after an error
   */
  public Map<String, Object> run(String fun, Arguments arguments, String jid, String user) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("fun", "runner." + fun);
    data.put("jid", jid);
    data.put("user", user);
    List<Object> shown = new ArrayList<>(arguments.positional());
    if (!arguments.keyword().isEmpty()) {
      shown.add(arguments.keyword());
    }
    data.put("fun_args", shown);
    announcements.fire(TAG + jid, "new", data);
    call(fun, arguments, data);
    keep(jid, data);
    announcements.fire(TAG + jid, "ret", data);
    return data;
  }

  private void call(String fun, Arguments arguments, Map<String, Object> data) {
    Call call = new Call(fun, Map.of("jid", data.get("jid"), "user", data.get("user")));
    calls.add(call);
    try {
      data.put("return", functions.call(fun, arguments.positional(), arguments.keyword(), call));
      data.put("success", call.retcode() == null || call.retcode() == 0);
    } catch (RuntimeException e) {
      data.put("return", words(fun, e));
      data.put("success", isMisuse(e));
      if (!isMisuse(e)) {
        log.debug("runner {} failed", fun, e);
        data.put("retcode", 1L);
      }
    } finally {
      calls.remove(call);
    }
  }

  /** Tells all that run to end; those that work in steps do. */
  void cancel() {
    calls.forEach(call -> call.cancel(false));
  }

  /** What Python reports as a TypeError; Salt counts such a run a success. */
  private static boolean isMisuse(RuntimeException failure) {
    return failure instanceof CallException known
        ? known.kind() == CallException.Kind.INVALID_ARGUMENTS
        : failure instanceof PythonError error && error.type().equals("TypeError");
  }

  private String words(String fun, RuntimeException failure) {
    if (isMisuse(failure)) {
      String doc = functions.find(fun).map(Function::doc).orElse("");
      return "\nPassed invalid arguments: " + failure.getMessage() + "\n\nUsage:\n" + doc;
    }
    String told =
        failure instanceof CallException known
            ? known.getMessage() + "\n"
            : new CallFailure(fun, "", failure)
                .jobReturn()
                .replaceFirst("^The minion function caused an exception: ", "");
    return "Exception occurred in runner " + fun + ": " + told;
  }

  private void keep(String jid, Map<String, Object> data) {
    if (!options.flag("runner_returns")) {
      return;
    }
    try {
      returns.keep(jid, options.text("id", ""), data);
    } catch (RuntimeException e) {
      log.error("what run {} returned is not in the job cache: {}", jid, e.toString());
    }
  }

  /** The outputter that a return asks for beside its {@code data}, if it is of that form. */
  public static Optional<Map<?, ?>> withOutputter(Object returned) {
    return returned instanceof Map<?, ?> map
            && map.size() == 2
            && map.containsKey("data")
            && map.containsKey("outputter")
        ? Optional.of(map)
        : Optional.empty();
  }
}

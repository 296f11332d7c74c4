package salt.minion;

import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.SignInResult;
import salt.common.config.Options;
import salt.common.event.EventBusException;
import salt.common.event.EventBusOptions;
import salt.common.event.EventClient;
import salt.common.event.EventSockets;
import salt.common.job.Arguments;
import salt.common.job.Jid;
import salt.common.loader.Call;
import salt.common.loader.Function;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.ServiceFunctions;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;
import salt.minion.connection.MasterAddress;
import salt.minion.connection.MasterConnection;
import salt.minion.connection.MasterList;
import salt.minion.job.FunctionCall;
import salt.minion.job.MinionJobCache;
import salt.minion.job.NeighbourJobs;
import salt.minion.module.MinionContext;
import salt.minion.module.ModuleSelection;

/** A minion for one call, as {@code salt-call} makes it: with a master, or without. */
public final class Caller implements MinionContext, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Caller.class);

  private final Options options;
  private final Supplier<Map<String, Object>> collector;
  private final Optional<MasterConnection> connection;
  private final Functions functions;
  private final Clock clock;
  private Map<String, Object> grains;
  private Map<String, Object> pillar = Map.of();

  private Caller(
      Options options,
      Supplier<Map<String, Object>> collector,
      Map<String, Object> grains,
      Optional<MasterConnection> connection,
      Clock clock) {
    this.options = options;
    this.collector = collector;
    this.grains = grains;
    this.connection = connection;
    this.clock = clock;
    this.functions =
        ModuleSelection.of(new ServiceFunctions(ModuleIndex.Kind.EXECUTION, () -> this), options);
  }

  /** A caller without a master ({@code --local}, {@code file_client: local}). */
  public static Caller local(Options options, Supplier<Map<String, Object>> grains, Clock clock) {
    return new Caller(options, grains, grains.get(), Optional.empty(), clock);
  }

  /**
   * A caller that signs in at the first master that answers.
   *
   * @throws TransportException when none accepts this minion; the message says why
   */
  public static Caller signedIn(
      Options options, Transport transport, Supplier<Map<String, Object>> grains, Clock clock) {
    Map<String, Object> collected = grains.get();
    TransportException last = new TransportException("no master is configured");
    for (MasterAddress master : MasterList.forOneCall(options, new Random())) {
      MasterConnection connection =
          new MasterConnection(transport, options, master, collected, clock);
      try {
        return new Caller(options, grains, collected, Optional.of(accepted(connection)), clock);
      } catch (TransportException e) {
        connection.close();
        last = e;
      }
    }
    throw last;
  }

  private static MasterConnection accepted(MasterConnection connection) {
    SignInResult result = connection.signInOnce();
    if (result instanceof SignInResult.Accepted) {
      return connection;
    }
    throw new TransportException(
        "Minion failed to authenticate with the master, has the minion key been accepted? ("
            + result.describe()
            + ")");
  }

  /**
   * What a call came to.
   *
   * @param jid the job id it ran under
   * @param value what the function returned
   * @param retcode its exit code
   * @param outputter the outputter for its result; empty for the default
   */
  public record Called(String jid, Object value, long retcode, String outputter) {}

  /**
   * Calls a function.
   *
   * @param arg its arguments, in the form of a publication
   * @throws salt.common.loader.CallException when that fails in a way the caller is to read
   */
  public Called call(String fun, List<Object> arg) {
    String jid = new Jid(clock, false).next();
    Map<String, Object> publication = new LinkedHashMap<>();
    publication.put("fun", fun);
    publication.put("jid", jid);
    publication.put("pid", ProcessHandle.current().pid());
    publication.put("tgt", "salt-call");
    if (connection.isPresent()) {
      refresh().pillar();
    }
    Call call = new Call(fun, publication);
    Object value = FunctionCall.of(functions, fun, arg, publication).run(call);
    String outputter = functions.find(fun).map(Function::outputter).orElse("");
    Called called = new Called(jid, value, FunctionCall.retcode(call, value), outputter);
    if (connection.isEmpty() && options.flag("cache_jobs")) {
      keep(fun, arg, called);
    }
    return called;
  }

  private void keep(String fun, List<Object> arg, Called called) {
    Map<String, Object> ret = new LinkedHashMap<>();
    ret.put("jid", called.jid());
    ret.put("return", called.value());
    ret.put("retcode", called.retcode());
    ret.put("id", options.text("id"));
    ret.put("fun", fun);
    ret.put("fun_args", Arguments.ofPublication(arg).positional());
    new MinionJobCache(options.path("cachedir")).keep(ret);
  }

  /** Sends what a call came to to the master, which keeps it as a job of its own. */
  public void returnToMaster(String fun, List<Object> arg, Called called) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_return");
    load.put("id", options.text("id"));
    load.put("jid", "req");
    load.put("fun", fun);
    load.put("fun_args", Arguments.ofPublication(arg).positional());
    load.put("return", called.value());
    load.put("retcode", called.retcode());
    if (!called.outputter().isEmpty()) {
      load.put("out", called.outputter());
    }
    connection.orElseThrow().request(load);
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
    return connection.map(link -> link);
  }

  /** Fires on the bus of the minion beside this program, if one runs. */
  @Override
  public boolean fire(String tag, Map<String, Object> data) {
    EventSockets sockets = EventSockets.minion(options);
    try (EventClient client = new EventClient(sockets, EventBusOptions.DEFAULT, clock)) {
      client.fire(tag, data);
      return true;
    } catch (EventBusException e) {
      log.debug("event {} is not fired: {}", tag, e.getMessage());
      return false;
    }
  }

  /** No jobs run here but those of a minion beside this program. */
  @Override
  public RunningJobs jobs() {
    return new NeighbourJobs(options.path("cachedir").resolve("proc"));
  }

  @Override
  public Refresh refresh() {
    return new Refresh() {
      @Override
      public void grains() {
        grains = Collections.unmodifiableMap(collector.get());
      }

      @Override
      public boolean pillar() {
        return connection.map(Caller.this::fetchPillar).orElse(true);
      }
    };
  }

  private boolean fetchPillar(MasterConnection master) {
    Map<String, Object> fetched = new LinkedHashMap<>();
    master.pillar(grains).forEach((key, value) -> fetched.put(String.valueOf(key), value));
    pillar = Collections.unmodifiableMap(fetched);
    return true;
  }

  @Override
  public void close() {
    connection.ifPresent(MasterConnection::close);
  }
}

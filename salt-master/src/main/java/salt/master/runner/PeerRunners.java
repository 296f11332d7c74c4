package salt.master.runner;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.daemon.Workers;
import salt.common.job.ArgumentText;
import salt.common.job.Arguments;
import salt.common.loader.CallException;
import salt.common.payload.Fields;
import salt.master.auth.PeerAccess;

/**
 * The command {@code minion_runner}: runners for minions, as far as {@code peer_run} allows them.
 *
 * <p>They have few threads of their own, so that minions cannot keep those of the operator busy;
 * when all are and enough others wait, the answer is an empty map, as for what is not allowed.
 */
public final class PeerRunners implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeerRunners.class);
  private static final int THREADS = 8;
  private static final int WAITING = 500;

  private final PeerAccess access;
  private final MasterEvents events;
  private final Runners runners;
  private final Supplier<String> jids;
  private final String user;
  private final Workers threads =
      new Workers("peer-runner", THREADS, WAITING, Duration.ofSeconds(5));

  /**
   * Runs by the options of the master.
   *
   * @param minions has minions do what runners want
   * @param jids gives the id of each run
   */
  public PeerRunners(Options options, MinionClient minions, Supplier<String> jids, Clock clock) {
    this.access = new PeerAccess(options);
    this.events = new MasterEvents(options, clock);
    this.runners = Runners.inMaster(options, minions, events, clock);
    this.jids = jids;
    this.user = options.text("user", "root");
  }

  /**
   * Runs one runner.
   *
   * @param load with {@code fun}, {@code arg}, {@code no_parse}, and the {@code id} of the minion
   * @return what the runner returned, or why it did not run; an empty map when it is not allowed
   */
  public CompletionStage<Object> run(Fields load) {
    String id = load.text("id");
    if (!load.has("fun") || !load.has("arg")) {
      return nothing();
    }
    String fun = load.text("fun");
    if (!access.mayRun(id, fun)) {
      log.warn("minion {} may not start the runner {}: peer_run does not allow it", id, fun);
      return nothing();
    }
    Set<String> verbatim = new HashSet<>();
    load.list("no_parse").forEach(name -> verbatim.add(String.valueOf(name)));
    List<Object> arguments = ArgumentText.parse(load.list("arg"), verbatim);
    CompletableFuture<Object> result = new CompletableFuture<>();
    if (!threads.offer(() -> run(fun, arguments, result))) {
      log.warn("runner {} of minion {} is refused: {} others wait", fun, id, threads.waiting());
      return nothing();
    }
    return result;
  }

  private static CompletionStage<Object> nothing() {
    return CompletableFuture.completedFuture(Map.of());
  }

  private void run(String fun, List<Object> given, CompletableFuture<Object> result) {
    String jid = jids.get();
    Arguments arguments = Arguments.ofPublication(given);
    try {
      runners.check(fun, arguments);
    } catch (CallException problem) {
      runners.refuse(fun, given, jid, problem);
      result.complete(runners.explain(fun, problem));
      return;
    }
    try {
      result.complete(runners.run(fun, arguments, jid, user).get("return"));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    runners.cancel();
    threads.close();
    events.close();
  }
}

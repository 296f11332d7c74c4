package salt.master.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.common.job.Jid;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.master.job.JobCache.Outcome;
import salt.master.key.SignedMessages;

/**
 * The command {@code _return}: keeps what a minion returns, announces it on the event bus, and only
 * then acknowledges.
 */
public final class ReturnCommand {
  private static final Logger log = LoggerFactory.getLogger(ReturnCommand.class);

  private final Options options;
  private final SignedMessages signatures;
  private final JobCache jobs;
  private final EventBus events;
  private final Supplier<String> jids;

  /**
   * Keeps returns in {@code jobs}.
   *
   * @param jids gives jids to what no job asked for
   */
  public ReturnCommand(
      Options options,
      SignedMessages signatures,
      JobCache jobs,
      EventBus events,
      Supplier<String> jids) {
    this.options = options;
    this.signatures = signatures;
    this.jobs = jobs;
    this.events = events;
    this.jids = jids;
  }

  /**
   * Takes one return.
   *
   * @param load the load, whose {@code id} was checked to be the sender's
   * @return completes when the return is safe; with false when its signature forbids to take it
   */
  public CompletionStage<Object> accept(Fields load) {
    String id = load.text("id");
    if (!signatures.admits(id, load.rest())) {
      return CompletableFuture.completedFuture(false);
    }
    if (!load.has("return")) {
      throw new MalformedPayload("_return of " + id + ": field 'return' is missing");
    }
    Map<String, Object> ret = new LinkedHashMap<>(load.rest());
    CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
    if (load.text("jid").equals("req")) {
      ret.put("jid", jids.get());
      opened = openUnasked(ret);
    }
    String jid = (String) ret.get("jid");
    if (!Jid.isValid(jid)) {
      throw new MalformedPayload("_return of " + id + ": '" + jid + "' is no jid");
    }
    CompletableFuture<Outcome> stored =
        options.flag("job_cache")
            ? jobs.store(jid, id, ret)
            : CompletableFuture.completedFuture(Outcome.NOT_KEPT);
    return stored
        .thenCombine(opened, (outcome, done) -> outcome)
        .thenApply(outcome -> announce(jid, id, ret, outcome));
  }

  /** {@code salt-call} and scheduled jobs return what nobody published: they get a job now. */
  private CompletableFuture<Void> openUnasked(Map<String, Object> ret) {
    if (!options.flag("job_cache")) {
      return CompletableFuture.completedFuture(null);
    }
    Map<String, Object> load = new LinkedHashMap<>(ret);
    load.put("arg", ret.getOrDefault("arg", ret.getOrDefault("fun_args", List.of())));
    load.put("tgt_type", "glob");
    load.put("tgt", ret.get("id"));
    load.remove("return");
    boolean keepReturns = !Boolean.TRUE.equals(ret.get("nocache"));
    List<String> minions = List.of(String.valueOf(ret.get("id")));
    return jobs.open((String) ret.get("jid"), load, minions, keepReturns);
  }

  private Object announce(String jid, String id, Map<String, Object> ret, Outcome outcome) {
    if (outcome == Outcome.UNKNOWN_JOB) {
      log.warn("{} returned for job {}, which is not in the job cache", id, jid);
    } else if (outcome == Outcome.DUPLICATE) {
      log.info("{} returned for job {} again; the first return stands", id, jid);
    } else {
      log.info("Got return from {} for job {}", id, jid);
    }
    events.fire("salt/job/" + jid + "/ret/" + id, ret);
    return null;
  }
}

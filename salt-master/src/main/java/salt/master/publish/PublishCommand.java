package salt.master.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.job.Jid;
import salt.common.payload.Fields;
import salt.common.target.ExpectedMinions;
import salt.common.target.TargetCheck;
import salt.master.auth.PublisherAccess;
import salt.master.auth.PublisherAccess.Intent;
import salt.master.auth.Verdict;

/** The clear command {@code publish}, by which the command line starts a job. */
public final class PublishCommand {
  private static final Logger log = LoggerFactory.getLogger(PublishCommand.class);

  private final Options options;
  private final PublisherAccess access;
  private final TargetCheck targets;
  private final JobPublisher publisher;
  private final Supplier<String> jids;

  /** Checks with {@code access} and {@code targets}, sends with {@code publisher}. */
  public PublishCommand(
      Options options,
      PublisherAccess access,
      TargetCheck targets,
      JobPublisher publisher,
      Supplier<String> jids) {
    this.options = options;
    this.access = access;
    this.targets = targets;
    this.publisher = publisher;
    this.jids = jids;
  }

  /**
   * Answers a publish request by jid, minions and missing, once the job would survive a crash; or
   * by why it was not published.
   */
  public CompletionStage<Map<String, Object>> publish(Fields load) {
    Map<Object, Object> extra = load.map("kwargs");
    ExpectedMinions expected =
        targets.check(
            load.any("tgt"),
            load.text("tgt_type", "glob"),
            extra.get("delimiter") instanceof String delimiter ? delimiter : ":",
            true);
    Verdict verdict = access.check(intent(load, expected.minions()));
    if (!verdict.isAllowed()) {
      log.warn(
          "publishing {} for user {} is refused: {}",
          load.any("fun"),
          load.any("user"),
          verdict.reason());
      return now(verdict.reply());
    }
    if (expected.minions().isEmpty() && !options.flag("order_masters")) {
      return now(clear(nobody(load)));
    }
    String jid = load.text("jid", "");
    if (jid.isEmpty()) {
      jid = jids.get();
    } else if (!Jid.isValid(jid)) {
      // One that is known is fine: batches of Salt 3008 all go by the jid of the first.
      log.warn("publishing with jid '{}' is refused: it is not valid", jid);
      return now(clear(Map.of("error", "Master failed to assign jid")));
    }
    Map<String, Object> request = new LinkedHashMap<>(load.rest("key", "token", "eauth"));
    request.put("jid", jid);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("jid", jid);
    reply.put("minions", expected.minions());
    reply.put("missing", expected.missing());
    return publisher
        .publish(request, expected.minions(), expected.missing())
        .thenApply(safe -> clear(reply));
  }

  private static CompletionStage<Map<String, Object>> now(Map<String, Object> reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private static Intent intent(Fields load, List<String> minions) {
    List<String> functions = new ArrayList<>();
    List<List<Object>> arguments = new ArrayList<>();
    Object fun = load.any("fun");
    if (fun instanceof List<?> several) {
      several.forEach(each -> functions.add(String.valueOf(each)));
      load.list("arg")
          .forEach(
              each -> arguments.add(each instanceof List<?> l ? new ArrayList<>(l) : List.of()));
    } else {
      functions.add(load.text("fun"));
      arguments.add(load.list("arg"));
    }
    return new Intent(load.text("user", ""), load.text("key", ""), functions, arguments, minions);
  }

  private static Map<String, Object> nobody(Fields load) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("jid", null);
    reply.put("minions", List.of());
    reply.put("error", "Master could not resolve minions for target " + load.any("tgt"));
    return reply;
  }

  private static Map<String, Object> clear(Map<String, Object> load) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("enc", "clear");
    reply.put("load", load);
    return reply;
  }
}

package salt.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import salt.cli.client.Gathering;
import salt.cli.client.JobRequest;
import salt.cli.client.LocalClient;
import salt.cli.client.MinionReturn;
import salt.cli.client.PublishFailure;
import salt.common.config.Options;
import salt.common.job.ArgumentText;

/** One job, its returns printed as they come. */
final class JobRun {
  private static final int FAILED = 1;
  private static final int NOTHING = 2;

  private final SaltRequest request;
  private final Options options;
  private final Conversation conversation;
  private final LocalClient client;
  private final ReturnDisplay display;
  private final List<MinionReturn> returns = new ArrayList<>();

  JobRun(SaltRequest request, Conversation conversation, ReturnDisplay display) {
    this.request = request;
    this.options = request.options();
    this.conversation = conversation;
    this.client = conversation.client();
    this.display = display;
  }

  /** Publishes it and prints its id. */
  int start() {
    String jid;
    try {
      jid = client.start(job()).jid();
    } catch (PublishFailure e) {
      if (!e.matchedNobody()) {
        throw e;
      }
      conversation.out().println(e.getMessage());
      conversation.explain(e);
      jid = "0";
    }
    conversation.out().println("Executed command with job ID: " + jid);
    return 0;
  }

  /** Publishes it and prints what it returns; gives the exit code. */
  int run() throws IOException, InterruptedException {
    try {
      return gather(client.publish(options.integer("subset") > 0 ? subset() : job()));
    } catch (PublishFailure e) {
      if (e.matchedNobody()) {
        return nobody(e);
      }
      // An error is shown like a result and is none for the exit code, as in real Salt.
      boolean documents = "sys.doc".equals(request.fun());
      if (documents) {
        conversation.err().println(e.getMessage());
      } else {
        display.showFailure(e.getMessage());
      }
      conversation.explain(e);
      return documents ? NOTHING : 0;
    }
  }

  private int nobody(PublishFailure failure) throws IOException {
    conversation.out().println(failure.getMessage());
    conversation.explain(failure);
    if (options.flag("progress")) {
      return 0;
    } else if ("sys.doc".equals(request.fun())) {
      conversation.err().println("No minions found to gather docs from");
      return NOTHING;
    }
    display.show(null, Map.of());
    conversation.err().println("ERROR: No return received");
    return NOTHING;
  }

  private JobRequest job() {
    return new JobRequest(
        request.target(),
        request.targetType(),
        request.fun(),
        request.arg(),
        options.integer("timeout"),
        extra());
  }

  private Map<String, Object> extra() {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("show_timeout", options.flag("show_timeout"));
    extra.put("show_jid", options.flag("show_jid"));
    extra.put("delimiter", options.text("delimiter", ":"));
    String metadata = options.text("metadata", "");
    if (!metadata.isEmpty()) {
      extra.put("metadata", ArgumentText.parse(List.of(metadata), Set.of()).get(0));
    }
    return extra;
  }

  /** Some of the minions, by chance, that know the function. */
  private JobRequest subset() throws InterruptedException {
    JobRequest all = job();
    Gathering asked =
        client.publish(
            new JobRequest(
                all.target(),
                all.targetType(),
                "sys.list_functions",
                List.of(),
                all.timeout(),
                all.extra()));
    List<String> able = new ArrayList<>();
    for (Optional<MinionReturn> next = client.next(asked);
        next.isPresent();
        next = client.next(asked)) {
      if (next.get().value() instanceof List<?> functions && functions.contains(request.fun())) {
        able.add(next.get().id());
      }
    }
    Collections.shuffle(able, new Random());
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("full_return", false);
    extra.putAll(all.extra());
    return all.forMinions(able.subList(0, Math.min(able.size(), options.integer("subset"))), extra);
  }

  private int gather(Gathering job) throws IOException, InterruptedException {
    String jid = job.job().jid();
    conversation.interruption().waitingFor(jid);
    boolean documents = "sys.doc".equals(request.fun());
    announce(jid, documents || options.flag("progress"));
    for (Optional<MinionReturn> next = client.next(job);
        next.isPresent();
        next = client.next(job)) {
      take(next.get(), job);
    }
    List<String> silent = new ArrayList<>();
    if (options.flag("show_timeout") || options.flag("verbose")) {
      silent.addAll(job.unreturned());
    }
    silent.addAll(job.missing());
    for (String id : silent) {
      take(client.noReturn(jid, id), job);
    }
    return documents ? Documentation.print(returns, options, conversation, display) : end();
  }

  private void announce(String jid, boolean quiet) {
    if (options.flag("verbose") && !quiet) {
      String line = "Executing job with jid " + jid;
      conversation.out().println(line + "\n" + "-".repeat(line.length()) + "\n");
    } else if (options.flag("show_jid")) {
      conversation.out().println("jid: " + jid);
    }
  }

  private void take(MinionReturn one, Gathering job) throws IOException {
    returns.add(one);
    if (options.flag("progress")) {
      int all = job.job().minions().size();
      conversation
          .err()
          .print(
              "\r"
                  + returns.size() * 100 / Math.max(1, all)
                  + "% ("
                  + returns.size()
                  + " of "
                  + all
                  + ")");
      conversation.err().flush();
    } else if (!"sys.doc".equals(request.fun())) {
      display.show(one);
    }
  }

  private int end() {
    if (options.flag("progress")) {
      conversation.err().println();
      ReturnSummary.print(returns, options.flag("verbose"), conversation.out());
      return 0;
    }
    if (options.flag("cli_summary") && options.text("output", "").isEmpty()) {
      ReturnSummary.print(returns, options.flag("verbose"), conversation.out());
    }
    for (MinionReturn one : returns) {
      if (one.exitCode() != 0) {
        conversation.err().println("ERROR: Minions returned with non-zero exit code");
        return FAILED;
      }
    }
    return 0;
  }
}

package salt.master.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.master.job.JobCache;

/**
 * Sends a job to the minions: announces it on the event bus, opens it in the job cache, publishes
 * it. Whether it is allowed was checked before. Thread-safe.
 */
public final class JobPublisher {
  private static final Logger log = LoggerFactory.getLogger(JobPublisher.class);
  private static final List<String> PASSED_ON =
      List.of("ret_config", "metadata", "module_executors", "executor_opts", "ret_kwargs");

  private final Options options;
  private final JobCache jobs;
  private final EventBus events;
  private final PublishChannel channel;

  /** Publishes through {@code channel}. */
  public JobPublisher(Options options, JobCache jobs, EventBus events, PublishChannel channel) {
    this.options = options;
    this.jobs = jobs;
    this.events = events;
    this.channel = channel;
  }

  /**
   * Publishes one job.
   *
   * @param load the publish request without its key; {@code jid} is filled in
   * @param minions the ids that should answer
   * @param missing names of a list that are no accepted minions
   * @return completes when the job would survive a crash
   */
  public CompletableFuture<Void> publish(
      Map<String, Object> load, List<String> minions, List<String> missing) {
    String jid = (String) load.get("jid");
    Map<?, ?> extra = load.get("kwargs") instanceof Map<?, ?> map ? map : Map.of();
    events.fire(jid, Map.of("minions", minions));
    events.fire("salt/job/" + jid + "/new", announcement(load, minions, missing));
    CompletableFuture<Void> safe = keep(jid, load, extra, minions);
    channel.send(jobMap(load, extra), minions);
    log.info(
        "User {} published {} with jid {} to {} minions",
        load.get("user"),
        load.get("fun"),
        jid,
        minions.size());
    return safe;
  }

  private CompletableFuture<Void> keep(
      String jid, Map<String, Object> load, Map<?, ?> extra, List<String> minions) {
    return options.flag("job_cache")
        ? jobs.open(jid, load, minions, !Boolean.TRUE.equals(extra.get("nocache")))
        : CompletableFuture.completedFuture(null);
  }

  private static Map<String, Object> announcement(
      Map<String, Object> load, List<String> minions, List<String> missing) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("jid", load.get("jid"));
    data.put("tgt_type", load.getOrDefault("tgt_type", "glob"));
    data.put("tgt", load.get("tgt"));
    data.put("user", load.get("user"));
    data.put("fun", load.get("fun"));
    data.put("arg", load.get("arg"));
    data.put("minions", minions);
    data.put("missing", missing);
    return data;
  }

  /** The job map in the order in which Salt writes it. */
  private Map<String, Object> jobMap(Map<String, Object> load, Map<?, ?> extra) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("fun", load.get("fun"));
    job.put("arg", load.get("arg"));
    job.put("tgt", load.get("tgt"));
    job.put("jid", load.get("jid"));
    job.put("ret", load.getOrDefault("ret", ""));
    String masterId = options.text("master_id", "");
    if (!masterId.isEmpty()) {
      job.put("master_id", masterId);
    }
    Object delimiter = extra.get("delimiter");
    if (delimiter != null && !delimiter.equals(":")) {
      job.put("delimiter", delimiter);
    }
    copy(load, "id", job);
    job.put("tgt_type", load.getOrDefault("tgt_type", "glob"));
    copy(load, "to", job);
    for (String name : PASSED_ON) {
      copy(extra, name, job);
    }
    copy(load, "user", job);
    return job;
  }

  private static void copy(Map<?, ?> from, String name, Map<String, Object> to) {
    if (from.get(name) != null) {
      to.put(name, from.get(name));
    }
  }
}

package salt.master.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import salt.common.loader.Argument.Default;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;
import salt.common.payload.PythonText;

/** Shows jobs, those that run and those that are in the job cache. */
@Runner("jobs")
final class JobsRunner {
  private static final String CACHE = "local_cache";

  private final RunnerContext context;

  JobsRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Shows the jobs that minions run now, by job id, with the minions that run them and those that
   * have returned.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.active
   * }</pre>
   *
   * @param displayProgress whether events tell which minions answer
   */
  @Exposed
  Map<String, Object> active(Call call, @Default("false") boolean displayProgress) {
    Map<String, Map<String, Object>> returns = running();
    if (displayProgress) {
      context
          .announcements()
          .progress(
              call,
              "Attempting to contact minions: "
                  + PythonText.str(new ArrayList<>(returns.keySet())));
    }
    Map<String, Map<String, Object>> jobs = new LinkedHashMap<>();
    returns.forEach(
        (minion, data) -> {
          if (displayProgress) {
            context.announcements().progress(call, "Received reply from minion " + minion);
          }
          if (data.get("return") instanceof List<?> list) {
            list.forEach(job -> add(jobs, minion, job));
          }
        });
    jobs.forEach(
        (jid, job) -> job.put("Returned", new ArrayList<>(context.jobs().returns(jid).keySet())));
    return new LinkedHashMap<>(jobs);
  }

  private Map<String, Map<String, Object>> running() {
    try {
      return context
          .minions()
          .run(
              new MinionClient.Order(
                  "*",
                  "glob",
                  "saltutil.running",
                  List.of(),
                  context.options().integer("timeout"),
                  context.options().integer("gather_job_timeout")))
          .returns();
    } catch (MinionClient.MinionClientException e) {
      context.out().accept(e.getMessage());
      return Map.of();
    }
  }

  private static void add(Map<String, Map<String, Object>> jobs, String minion, Object running) {
    if (!(running instanceof Map<?, ?> job)) {
      return;
    }
    String jid = PythonText.str(job.get("jid"));
    Map<String, Object> shown =
        jobs.computeIfAbsent(
            jid,
            first -> {
              Map<String, Object> described = JobDescription.of(jid, job);
              described.put("Running", new ArrayList<>());
              described.put("Returned", List.of());
              return described;
            });
    Map<String, Object> process = new LinkedHashMap<>();
    process.put(minion, job.get("pid"));
    List<Object> processes = new ArrayList<>((List<?>) shown.get("Running"));
    processes.add(process);
    shown.put("Running", processes);
  }

  /**
   * Returns what the minions returned for a job.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.lookup_jid 20130916125524463507
   * salt-run jobs.lookup_jid 20130916125524463507 --out=highstate
   * }</pre>
   *
   * @param jid the job's id
   * @param extSource the job cache to look in
   * @param returned whether to show the minions that returned
   * @param missing whether to show the minions that did not
   * @param displayProgress whether events tell which minions are found
   */
  @Exposed
  Object lookupJid(
      Call call,
      String jid,
      @Default("null") Object extSource,
      @Default("true") boolean returned,
      @Default("false") boolean missing,
      @Default("false") boolean displayProgress) {
    Map<String, Object> job = listJob(call, jid, extSource, displayProgress);
    Map<?, ?> results = (Map<?, ?>) job.get("Result");
    Map<Object, Object> shown = new LinkedHashMap<>();
    results.forEach(
        (minion, result) -> {
          if (displayProgress) {
            context.announcements().progress(call, String.valueOf(minion));
          }
          if (returned) {
            shown.put(minion, ((Map<?, ?>) result).get("return"));
          }
        });
    if (missing && job.get("Minions") instanceof List<?> expected) {
      expected.stream()
          .filter(minion -> !results.containsKey(minion))
          .forEach(minion -> shown.put(minion, "Minion did not return"));
    }
    Object out =
        results.values().stream()
            .findFirst()
            .map(first -> ((Map<?, ?>) first).get("out"))
            .orElse(null);
    return PythonText.truth(out) ? shownBy(out, shown) : shown;
  }

  /**
   * Shows everything that is known of a job.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.list_job 20130916125524463507
   * salt-run jobs.list_job 20130916125524463507 --out=pprint
   * }</pre>
   *
   * @param jid the job's id
   * @param extSource the job cache to look in
   * @param displayProgress whether an event tells which job cache is asked
   */
  @Exposed
  Map<String, Object> listJob(
      Call call,
      String jid,
      @Default("null") Object extSource,
      @Default("false") boolean displayProgress) {
    requireLocal(extSource);
    if (displayProgress) {
      context.announcements().progress(call, "Querying returner: " + CACHE);
    }
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("jid", jid);
    job.putAll(described(jid));
    return job;
  }

  private Map<String, Object> described(String jid) {
    Map<String, Object> load = new LinkedHashMap<>(context.jobs().load(jid).orElse(Map.of()));
    List<String> minions = context.jobs().minions(jid);
    if (!load.isEmpty() && !minions.isEmpty()) {
      load.put("Minions", new ArrayList<>(new TreeSet<>(minions)));
    }
    Map<String, Object> job = JobDescription.of(jid, load);
    job.put("Result", context.jobs().returns(jid));
    return job;
  }

  /** No job cache but the local one can be read. */
  private static void requireLocal(Object extSource) {
    if (PythonText.truth(extSource) && !CACHE.equals(extSource)) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "ext_source: there is no job cache '" + extSource + "'; only " + CACHE + " can be read");
    }
  }

  /**
   * Lists the jobs in the job cache that match all filters given.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.list_jobs
   * salt-run jobs.list_jobs search_function='test.*' search_target='localhost'
   * salt-run jobs.list_jobs search_metadata='{"bar": "foo"}'
   * salt-run jobs.list_jobs start_time='2015, Mar 16 19:00' end_time='2015, Mar 18 22:00'
   * }</pre>
   *
   * @param extSource the job cache to look in
   * @param outputter the outputter to show them with
   * @param searchMetadata a map; jobs that have one of its items in their metadata
   * @param searchFunction globs on functions: a list, or text with commas between them
   * @param searchTarget globs on targets, likewise
   * @param startTime jobs that were started at that time or later
   * @param endTime jobs that were started at that time or before
   * @param displayProgress whether an event tells which job cache is asked
   */
  @Exposed
  Object listJobs(
      Call call,
      @Default("null") Object extSource,
      @Default("null") Object outputter,
      @Default("null") Object searchMetadata,
      @Default("null") Object searchFunction,
      @Default("null") Object searchTarget,
      @Default("null") Object startTime,
      @Default("null") Object endTime,
      @Default("false") boolean displayProgress) {
    requireLocal(extSource);
    tellCache(call, displayProgress);
    Map<String, Object> jobs =
        matching(new JobFilter(searchMetadata, searchFunction, searchTarget, startTime, endTime));
    return PythonText.truth(outputter) ? shownBy(outputter, jobs) : jobs;
  }

  private void tellCache(Call call, boolean wanted) {
    if (wanted) {
      context.announcements().progress(call, "Querying returner " + CACHE + " for jobs.");
    }
  }

  private Map<String, Object> matching(JobFilter filter) {
    Map<String, Object> jobs = new LinkedHashMap<>();
    for (String jid : context.jobs().jids()) {
      context
          .jobs()
          .load(jid)
          .map(load -> JobDescription.of(jid, load))
          .filter(filter::accepts)
          .ifPresent(job -> jobs.put(jid, job));
    }
    return jobs;
  }

  private static Map<String, Object> shownBy(Object outputter, Object data) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("outputter", outputter);
    shown.put("data", data);
    return shown;
  }

  /**
   * Lists the newest jobs of the job cache, oldest first.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.list_jobs_filter 50
   * salt-run jobs.list_jobs_filter 100 filter_find_job=False
   * }</pre>
   *
   * @param count how many at most
   * @param filterFindJob whether to leave out the questions whether a job still runs
   * @param extSource the job cache to look in
   * @param outputter the outputter to show them with
   * @param displayProgress whether an event tells which job cache is asked
   */
  @Exposed
  Object listJobsFilter(
      Call call,
      int count,
      @Default("true") boolean filterFindJob,
      @Default("null") Object extSource,
      @Default("null") Object outputter,
      @Default("false") boolean displayProgress) {
    requireLocal(extSource);
    tellCache(call, displayProgress);
    List<String> jids = new ArrayList<>(context.jobs().jids());
    Collections.reverse(jids);
    List<Object> newest = new ArrayList<>();
    for (String jid : jids) {
      if (newest.size() >= count) {
        break;
      }
      Optional<Map<String, Object>> load = context.jobs().load(jid);
      boolean question = load.isPresent() && "saltutil.find_job".equals(load.get().get("fun"));
      if (load.isPresent() && !(filterFindJob && question)) {
        newest.add(JobDescription.withJid(jid, load.get()));
      }
    }
    Collections.reverse(newest);
    return PythonText.truth(outputter) ? shownBy(outputter, newest) : newest;
  }

  /**
   * Shows a job and what its minions returned, under its id.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.print_job 20130916125524463507
   * }</pre>
   *
   * @param jid the job's id
   * @param extSource the job cache to look in
   */
  @Exposed
  Map<String, Object> printJob(String jid, @Default("null") Object extSource) {
    requireLocal(extSource);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put(jid, described(jid));
    return shown;
  }

  /**
   * Says for each minion of a job whether it returned something true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.exit_success 20160520145827701627
   * }</pre>
   *
   * @param jid the job's id
   * @param extSource the job cache to look in
   */
  @Exposed
  Map<String, Object> exitSuccess(String jid, @Default("null") Object extSource) {
    requireLocal(extSource);
    Map<String, Object> success = new LinkedHashMap<>();
    if (context.jobs().isKnown(jid)) {
      new TreeSet<>(context.jobs().minions(jid)).forEach(minion -> success.put(minion, false));
    }
    context
        .jobs()
        .returns(jid)
        .forEach(
            (minion, result) -> {
              if (PythonText.truth(result.get("return"))) {
                success.put(minion, true);
              }
            });
    return success;
  }

  /**
   * Shows the newest job that matches all filters given; false when there is none.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run jobs.last_run
   * salt-run jobs.last_run target=nodename
   * salt-run jobs.last_run function='cmd.run'
   * salt-run jobs.last_run metadata="{'foo': 'bar'}"
   * }</pre>
   *
   * @param extSource the job cache to look in
   * @param outputter not used, as in Salt
   * @param metadata a map; jobs that have one of its items in their metadata
   * @param function globs on functions: a list, or text with commas between them
   * @param target globs on targets, likewise
   * @param displayProgress whether an event tells which job cache is asked
   */
  @Exposed
  Object lastRun(
      Call call,
      @Default("null") Object extSource,
      @Default("null") Object outputter,
      @Default("null") Object metadata,
      @Default("null") Object function,
      @Default("null") Object target,
      @Default("false") boolean displayProgress) {
    requireLocal(extSource);
    if (PythonText.truth(metadata) && !(metadata instanceof Map)) {
      return false;
    }
    tellCache(call, displayProgress);
    List<String> jids =
        new ArrayList<>(matching(new JobFilter(metadata, function, target, null, null)).keySet());
    return jids.isEmpty() ? false : printJob(jids.get(jids.size() - 1), extSource);
  }
}

package salt.master.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Call;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;
import salt.common.payload.PythonText;

/** Shows jobs, those that run and those that are in the job cache. */
@Runner("jobs")
final class JobsRunner {
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
    return new RunningJobs(context).ask(progress(call, displayProgress));
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
          progress(call, displayProgress).tell(String.valueOf(minion));
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
    return shownBy(out, shown);
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
    CachedJobs jobs = new CachedJobs(context.jobs(), extSource);
    progress(call, displayProgress).tell("Querying returner: " + CachedJobs.NAME);
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("jid", jid);
    job.putAll(jobs.described(jid));
    return job;
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
    JobFilter filter =
        new JobFilter(searchMetadata, searchFunction, searchTarget, startTime, endTime);
    return shownBy(outputter, searched(call, extSource, displayProgress).matching(filter));
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
    CachedJobs jobs = searched(call, extSource, displayProgress);
    return shownBy(outputter, jobs.newest(count, filterFindJob));
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
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put(jid, new CachedJobs(context.jobs(), extSource).described(jid));
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
    return new CachedJobs(context.jobs(), extSource).success(jid);
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
    if (PythonText.truth(metadata) && !(metadata instanceof Map)) {
      return false;
    }
    JobFilter filter = new JobFilter(metadata, function, target, null, null);
    List<String> jids =
        new ArrayList<>(searched(call, extSource, displayProgress).matching(filter).keySet());
    return jids.isEmpty() ? false : printJob(jids.get(jids.size() - 1), extSource);
  }

  private Progress progress(Call call, boolean wanted) {
    return context.announcements().progress(call, wanted);
  }

  private CachedJobs searched(Call call, Object extSource, boolean displayProgress) {
    CachedJobs jobs = new CachedJobs(context.jobs(), extSource);
    progress(call, displayProgress).tell("Querying returner " + CachedJobs.NAME + " for jobs.");
    return jobs;
  }

  /** The data, and how to show them when an outputter is named. */
  private static Object shownBy(Object outputter, Object data) {
    if (!PythonText.truth(outputter)) {
      return data;
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("outputter", outputter);
    shown.put("data", data);
    return shown;
  }
}

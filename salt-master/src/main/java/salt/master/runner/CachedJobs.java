package salt.master.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;
import salt.master.job.JobReader;

/** The jobs of the job cache as the runner {@code jobs} shows them. */
final class CachedJobs {
  /** The only job cache that can be read. */
  static final String NAME = "local_cache";

  private final JobReader jobs;

  /**
   * The job cache that {@code extSource} names.
   *
   * @param extSource null or empty for the local one
   * @throws CallException when it names another
   */
  CachedJobs(JobReader jobs, Object extSource) {
    if (PythonText.truth(extSource) && !NAME.equals(extSource)) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "ext_source: there is no job cache '" + extSource + "'; only " + NAME + " can be read");
    }
    this.jobs = jobs;
  }

  /** A job, with what its minions returned under {@code Result}. */
  Map<String, Object> described(String jid) {
    Map<String, Object> load = new LinkedHashMap<>(jobs.load(jid).orElse(Map.of()));
    List<String> minions = jobs.minions(jid);
    if (!load.isEmpty() && !minions.isEmpty()) {
      load.put("Minions", new ArrayList<>(new TreeSet<>(minions)));
    }
    Map<String, Object> job = JobDescription.of(jid, load);
    job.put("Result", jobs.returns(jid));
    return job;
  }

  /** The jobs that a filter accepts by their ids, oldest first. */
  Map<String, Object> matching(JobFilter filter) {
    Map<String, Object> accepted = new LinkedHashMap<>();
    for (String jid : jobs.jids()) {
      jobs.load(jid)
          .map(load -> JobDescription.of(jid, load))
          .filter(filter::accepts)
          .ifPresent(job -> accepted.put(jid, job));
    }
    return accepted;
  }

  /**
   * The newest jobs, oldest first.
   *
   * @param withoutQuestions whether to leave out the questions whether a job still runs
   */
  List<Object> newest(int count, boolean withoutQuestions) {
    List<String> jids = new ArrayList<>(jobs.jids());
    Collections.reverse(jids);
    List<Object> newest = new ArrayList<>();
    for (String jid : jids) {
      if (newest.size() >= count) {
        break;
      }
      Optional<Map<String, Object>> load = jobs.load(jid);
      boolean question = load.isPresent() && "saltutil.find_job".equals(load.get().get("fun"));
      if (load.isPresent() && !(withoutQuestions && question)) {
        newest.add(JobDescription.withJid(jid, load.get()));
      }
    }
    Collections.reverse(newest);
    return newest;
  }

  /** For each minion of a job, whether it returned something true. */
  Map<String, Object> success(String jid) {
    Map<String, Object> success = new LinkedHashMap<>();
    if (jobs.isKnown(jid)) {
      new TreeSet<>(jobs.minions(jid)).forEach(minion -> success.put(minion, false));
    }
    jobs.returns(jid)
        .forEach(
            (minion, result) -> {
              if (PythonText.truth(result.get("return"))) {
                success.put(minion, true);
              }
            });
    return success;
  }
}

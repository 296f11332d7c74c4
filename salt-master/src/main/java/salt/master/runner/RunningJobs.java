package salt.master.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.PythonText;

/** The jobs that minions say they run, as {@code jobs.active} shows them. */
final class RunningJobs {
  private final RunnerContext context;

  RunningJobs(RunnerContext context) {
    this.context = context;
  }

  /** Asks all minions; the jobs by their ids. */
  Map<String, Object> ask(Progress progress) {
    Map<String, Map<String, Object>> answers = answers();
    progress.tell(
        "Attempting to contact minions: " + PythonText.str(new ArrayList<>(answers.keySet())));
    Map<String, Object> jobs = new LinkedHashMap<>();
    answers.forEach(
        (minion, answer) -> {
          progress.tell("Received reply from minion " + minion);
          if (answer.get("return") instanceof List<?> running) {
            running.forEach(job -> add(jobs, minion, job));
          }
        });
    return jobs;
  }

  private Map<String, Map<String, Object>> answers() {
    MinionClient.Order order =
        new MinionClient.Order(
            "*",
            "glob",
            "saltutil.running",
            List.of(),
            context.options().integer("timeout"),
            context.options().integer("gather_job_timeout"));
    try {
      return context.minions().run(order).returns();
    } catch (MinionClient.MinionClientException e) {
      context.out().accept(e.getMessage());
      return Map.of();
    }
  }

  private void add(Map<String, Object> jobs, String minion, Object running) {
    if (!(running instanceof Map<?, ?> job)) {
      return;
    }
    String jid = PythonText.str(job.get("jid"));
    Map<?, ?> shown = (Map<?, ?>) jobs.computeIfAbsent(jid, first -> described(jid, job));
    Map<String, Object> process = new LinkedHashMap<>();
    process.put(minion, job.get("pid"));
    processes(shown).add(process);
  }

  private Map<String, Object> described(String jid, Map<?, ?> job) {
    Map<String, Object> described = JobDescription.of(jid, job);
    described.put("Running", new ArrayList<>());
    described.put("Returned", new ArrayList<>(context.jobs().returns(jid).keySet()));
    return described;
  }

  @SuppressWarnings("unchecked") // described() put it there.
  private static List<Object> processes(Map<?, ?> job) {
    return (List<Object>) job.get("Running");
  }
}

package salt.minion.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import salt.common.loader.CallLeft;
import salt.minion.process.SurvivingProcess;

/**
 * A job whose minion ended while it ran, as its file in {@code proc/} tells: it lasts as long as
 * one of its programs does, and returns what is known then.
 */
final class AbandonedJob implements Work {
  private static final long LOOK_MILLIS = 500;

  private final Map<String, Object> publication;
  private final List<SurvivingProcess> programs;
  private final boolean wentOn;
  private volatile boolean left;

  /**
   * A job as the file tells.
   *
   * @param programs those that it ran last
   */
  AbandonedJob(Map<String, Object> publication, List<SurvivingProcess> programs) {
    this.publication = publication;
    this.programs = List.copyOf(programs);
    this.wentOn = isAlive();
  }

  Map<String, Object> publication() {
    return publication;
  }

  boolean isAlive() {
    return programs.stream().anyMatch(SurvivingProcess::isAlive);
  }

  @Override
  public Map<String, Object> run() {
    List<String> output = Collections.synchronizedList(new ArrayList<>());
    List<Thread> readers =
        programs.stream().flatMap(process -> process.read(output::add).stream()).toList();
    while (isAlive()) {
      awaitEnd(readers);
    }
    return Returned.failed(
        publication,
        wentOn
            ? "ERROR: the minion was restarted while this job ran. Its program went on and has ended,"
                + " nobody knows how. What it wrote since the restart:\n"
                + String.join("", List.copyOf(output))
            : "ERROR: the minion ended while this job ran; what the job came to is not known");
  }

  /** Waits a while for the end of the output; programs may go on without any. */
  private void awaitEnd(List<Thread> readers) {
    try {
      for (Thread reader : readers) {
        reader.join(LOOK_MILLIS);
      }
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      // By a signal to the job, which the programs have got as well, or as the minion ends.
      if (left) {
        throw new CallLeft(programs.get(0).pid());
      }
    }
  }

  @Override
  public Stream<ProcessHandle> processes() {
    return programs.stream().flatMap(SurvivingProcess::members);
  }

  @Override
  public void cancel(boolean forcibly) {
    programs.forEach(process -> process.end(forcibly));
  }

  @Override
  public boolean leave() {
    left = isAlive();
    return left;
  }
}

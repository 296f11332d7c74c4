package salt.minion.job;

import java.util.Map;

/**
 * A job from when it is taken until it has returned. A signal reaches the job's thread only while
 * that works on the job: it must not reach the thread's next one.
 */
final class RunningJob {
  private final Map<String, Object> publication;
  private final Execution execution;
  private Thread thread;

  RunningJob(Map<String, Object> publication, Execution execution) {
    this.publication = publication;
    this.execution = execution;
  }

  Map<String, Object> publication() {
    return publication;
  }

  /** Runs the job on the calling thread; returns the fields of its return. */
  Map<String, Object> run() {
    begin();
    try {
      return execution.run();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    thread = Thread.currentThread();
  }

  /** Also forgets a signal that nobody has noticed. */
  private synchronized void end() {
    thread = null;
    Thread.interrupted();
  }

  /** Ends the job: its child processes, its waiting; one that has not begun will not. */
  synchronized void signal(boolean forcibly) {
    execution.cancel(forcibly);
    if (thread != null) {
      thread.interrupt();
    }
  }
}

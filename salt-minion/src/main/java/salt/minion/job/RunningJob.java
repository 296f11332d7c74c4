package salt.minion.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A job from when it is taken until it has returned. A signal reaches the job's thread only while
 * that works on the job: it must not reach the thread's next one.
 */
final class RunningJob {
  private final Map<String, Object> publication;
  private final Work work;
  private Thread thread;

  RunningJob(Map<String, Object> publication, Work work) {
    this.publication = publication;
    this.work = work;
  }

  String jid() {
    return String.valueOf(publication.get("jid"));
  }

  Map<String, Object> publication() {
    return publication;
  }

  /** The programs that run for it. */
  List<ProcessHandle> processes() {
    return work.processes().toList();
  }

  /** Those, and all that they have started. */
  Stream<ProcessHandle> family() {
    return work.processes()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct();
  }

  /** Runs the job on the calling thread; returns the fields of its return. */
  Map<String, Object> run() {
    begin();
    try {
      return work.run();
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
  synchronized void end(boolean forcibly) {
    work.cancel(forcibly);
    interrupt();
  }

  /** Gives the job up as the minion ends: it ends, but programs that it runs go on. */
  synchronized void leave() {
    if (!work.leave()) {
      work.cancel(false);
    }
    interrupt();
  }

  private void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}

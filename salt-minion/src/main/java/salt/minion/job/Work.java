package salt.minion.job;

import java.util.Map;
import java.util.stream.Stream;

/** What a job does, and how it is ended from another thread. */
interface Work {
  /** Does it; returns the load of the job's return, without {@code cmd} and {@code id}. */
  Map<String, Object> run();

  /** The programs it runs now. */
  Stream<ProcessHandle> processes();

  /** Ends it and its programs; one that has not begun will not. */
  void cancel(boolean forcibly);

  /** Gives it up as the minion ends; whether programs go on that it is to be known by later. */
  boolean leave();
}

package salt.minion.job;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which the jobs of all masters run, and the jobs, of which every master may ask.
 *
 * <p>At most {@code process_count_max} jobs run at once; others wait in a queue of {@value
 * #WAITING}. Functions that look after jobs have a lane of their own, and so have jobs taken over
 * from a minion that is no more.
 */
public final class JobPool implements AutoCloseable {
  static final int WAITING = 10_000;

  private static final int MOST_THREADS = 1_000;
  private static final int CONTROL_THREADS = 2;

  private final ThreadPoolExecutor lane;
  private final ThreadPoolExecutor controlLane = lane(CONTROL_THREADS);
  private final ThreadPoolExecutor abandonedLane = lane(MOST_THREADS);
  private final Set<RunningJob> jobs = ConcurrentHashMap.newKeySet();

  /** Which threads a job runs on. */
  enum Lane {
    /** Those of jobs, as many as {@code process_count_max}. */
    JOBS,
    /** Those that look after jobs, when all others are busy. */
    CONTROL,
    /** Those that wait for programs of a minion that is no more. */
    ABANDONED
  }

  /**
   * A pool.
   *
   * @param most {@code process_count_max}; 0 or less for no limit
   */
  public JobPool(int most) {
    this.lane = lane(most > 0 ? most : MOST_THREADS);
  }

  private static ThreadPoolExecutor lane(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * Has a job worked on; it counts as running from now until it is {@link #ended}.
   *
   * @throws RejectedExecutionException when too many are waiting
   */
  void start(Lane wanted, RunningJob job, Runnable work) {
    jobs.add(job);
    ThreadPoolExecutor executor =
        switch (wanted) {
          case JOBS -> lane;
          case CONTROL -> controlLane;
          case ABANDONED -> abandonedLane;
        };
    try {
      executor.execute(work);
    } catch (RejectedExecutionException full) {
      jobs.remove(job);
      throw full;
    }
  }

  void ended(RunningJob job) {
    jobs.remove(job);
  }

  /** The jobs that run, and those that wait for their turn. */
  List<RunningJob> jobs() {
    return List.copyOf(jobs);
  }

  /** The jobs with a jid: none, one, or more when masters chose the same. */
  List<RunningJob> jobs(String jid) {
    return jobs.stream().filter(job -> job.jid().equals(jid)).toList();
  }

  /** Takes no more jobs; those that run are ended by the runners that started them. */
  @Override
  public void close() {
    lane.shutdown();
    controlLane.shutdown();
    abandonedLane.shutdown();
  }
}

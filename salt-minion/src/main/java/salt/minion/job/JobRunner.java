package salt.minion.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.CallLeft;
import salt.common.loader.Functions;
import salt.minion.module.MinionContext;

/**
 * Runs publications, each on a thread of its own ({@code minion-job-<jid>}), and hands their
 * returns on.
 *
 * <p>At most {@code process_count_max} jobs run at once; others wait in a queue of {@value
 * #WAITING}, and when that is full they are answered with an error. Functions that look after jobs
 * have a lane of their own, so that {@code find_job} is answered while everything else is busy.
 */
public final class JobRunner implements MinionContext.RunningJobs, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final int WAITING = 10_000;
  private static final int MOST_THREADS = 1_000;
  private static final int TERMINATE = 15;
  private static final int KILL = 9;

  /** CONT, CHLD, STOP, TSTP, TTIN, TTOU, URG, WINCH: no program ends by them. */
  private static final Set<Integer> HARMLESS = Set.of(17, 18, 19, 20, 21, 22, 23, 28);

  private static final Set<String> JOB_CONTROL =
      Set.of(
          "saltutil.find_job",
          "saltutil.is_running",
          "saltutil.running",
          "saltutil.signal_job",
          "saltutil.term_job",
          "saltutil.kill_job",
          "saltutil.term_all_jobs",
          "saltutil.kill_all_jobs");

  private final Functions functions;
  private final Blackout blackout;
  private final ProcDirectory proc;
  private final String master;
  private final RecentJids recent;
  private final boolean ordered;
  private final ThreadPoolExecutor lane;
  private final ThreadPoolExecutor controlLane;
  private final ThreadPoolExecutor abandonedLane;
  private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

  /**
   * Runs jobs by {@code settings} with {@code functions}, as {@code blackout} permits.
   *
   * @param master the address of the master whose jobs these are
   */
  public JobRunner(JobSettings settings, String master, Functions functions, Blackout blackout) {
    this.master = master;
    this.functions = functions;
    this.blackout = blackout;
    this.proc = settings.proc();
    this.recent = new RecentJids(settings.remembered());
    this.ordered = settings.ordered();
    this.lane = lane(settings.most() > 0 ? settings.most() : MOST_THREADS);
    this.controlLane = lane(2);
    this.abandonedLane = lane(MOST_THREADS);
  }

  private static ThreadPoolExecutor lane(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * Runs a publication that is for this minion; one whose jid ran lately is ignored.
   *
   * @param publication the job map
   * @param sink gets the return's fields, on the job's thread
   */
  public void run(Map<String, Object> publication, Consumer<Map<String, Object>> sink) {
    String jid = String.valueOf(publication.get("jid"));
    if (!recent.isNew(jid)) {
      log.info("job {} has run already and is ignored", jid);
      return;
    }
    log.info(
        "User {} executing {} with jid {}",
        publication.getOrDefault("user", "?"),
        publication.get("fun"),
        jid);
    Execution execution =
        new Execution(publication, functions, blackout, ordered, () -> writeFile(jid));
    boolean control = JOB_CONTROL.contains(publication.get("fun"));
    start(control ? controlLane : lane, new RunningJob(publication, execution), sink);
  }

  /**
   * Takes over the jobs of a minion that is no more: they count as running while a program of
   * theirs does, and then return what is known.
   *
   * @param sink as {@link #run}'s
   */
  public void resume(Consumer<Map<String, Object>> sink) {
    for (AbandonedJob job : proc.abandoned(master)) {
      Object jid = job.publication().get("jid");
      recent.isNew(String.valueOf(jid));
      log.warn("job {} was running when the minion ended, and is taken over", jid);
      start(abandonedLane, new RunningJob(job.publication(), job), sink);
    }
  }

  private void start(
      ThreadPoolExecutor executor, RunningJob job, Consumer<Map<String, Object>> sink) {
    String jid = String.valueOf(job.publication().get("jid"));
    running.put(jid, job);
    try {
      executor.execute(() -> work(jid, job, sink));
    } catch (RejectedExecutionException full) {
      running.remove(jid);
      log.error("job {} is refused: {} jobs are waiting, or the minion ends", jid, WAITING);
      sink.accept(
          Returned.failed(
              job.publication(), "ERROR: this minion runs and queues as many jobs as it can"));
    }
  }

  private void writeFile(String jid) {
    RunningJob job = running.get(jid);
    if (job != null) {
      proc.write(master, job.publication(), job.processes());
    }
  }

  private void work(String jid, RunningJob job, Consumer<Map<String, Object>> sink) {
    Thread.currentThread().setName("minion-job-" + jid);
    writeFile(jid);
    Map<String, Object> ret;
    try {
      ret = job.run();
    } catch (CallLeft e) {
      log.warn("job {} is left to the next minion: {}", jid, e.getMessage());
      return;
    } finally {
      running.remove(jid);
    }
    proc.remove(jid);
    try {
      sink.accept(ret);
    } catch (RuntimeException e) {
      log.error("the return of job {} is lost: {}", jid, e.toString(), e);
    }
  }

  /** The jobs that run, and those that wait for their turn. */
  @Override
  public List<Map<String, Object>> running() {
    List<Map<String, Object>> described = new ArrayList<>();
    for (RunningJob job : running.values()) {
      described.add(new ProcFile(job.publication(), master, List.of()).description());
    }
    return Collections.unmodifiableList(described);
  }

  @Override
  public boolean signal(String jid, int signal) {
    RunningJob job = running.get(jid);
    if (job == null) {
      return false;
    }
    if (signal != 0) {
      log.info("job {} gets signal {}", jid, signal);
      List<ProcessHandle> family = job.family().toList();
      if (signal != TERMINATE && signal != KILL) {
        Signals.send(signal, family);
      }
      if (!HARMLESS.contains(signal)) {
        job.end(signal == KILL);
      }
    }
    return true;
  }

  /**
   * Takes no more jobs, waits a moment for those that run, then ends them. Programs that they run
   * go on, as operators restart and upgrade minions by jobs; the next minion takes them over.
   */
  @Override
  public void close() {
    lane.shutdown();
    controlLane.shutdown();
    abandonedLane.shutdown();
    try {
      if (!ends(2)) {
        running.values().forEach(RunningJob::leave);
        if (!ends(5)) {
          log.warn("{} jobs do not end and are left behind", running.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ends(int seconds) throws InterruptedException {
    return lane.awaitTermination(seconds, TimeUnit.SECONDS)
        && abandonedLane.awaitTermination(seconds, TimeUnit.SECONDS);
  }
}

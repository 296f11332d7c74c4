package salt.minion.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.CallLeft;
import salt.common.loader.Functions;
import salt.minion.module.MinionContext;

/**
 * Runs the publications of one master, each on a thread of its own ({@code minion-job-<jid>}), and
 * hands their returns on. When too many wait they are answered with an error.
 */
public final class JobRunner implements MinionContext.RunningJobs, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final long LOOK_MILLIS = 20;
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
  private final JobPool pool;
  private final Set<RunningJob> own = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

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
    this.pool = settings.pool();
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
    AtomicReference<RunningJob> job = new AtomicReference<>();
    job.set(
        new RunningJob(
            publication,
            new Execution(publication, functions, blackout, ordered, () -> writeFile(job.get()))));
    boolean control = JOB_CONTROL.contains(publication.get("fun"));
    start(control ? JobPool.Lane.CONTROL : JobPool.Lane.JOBS, job.get(), sink);
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
      start(JobPool.Lane.ABANDONED, new RunningJob(job.publication(), job), sink);
    }
  }

  private void start(JobPool.Lane lane, RunningJob job, Consumer<Map<String, Object>> sink) {
    try {
      if (closed) {
        throw new RejectedExecutionException("the minion ends");
      }
      own.add(job);
      pool.start(lane, job, () -> work(job, sink));
    } catch (RejectedExecutionException full) {
      own.remove(job);
      log.error(
          "job {} is refused: {} jobs are waiting, or the minion ends", job.jid(), JobPool.WAITING);
      sink.accept(
          Returned.failed(
              job.publication(), "ERROR: this minion runs and queues as many jobs as it can"));
    }
  }

  private void writeFile(RunningJob job) {
    if (own.contains(job)) {
      proc.write(master, job.publication(), job.processes());
    }
  }

  private void work(RunningJob job, Consumer<Map<String, Object>> sink) {
    String jid = job.jid();
    Thread.currentThread().setName("minion-job-" + jid);
    try {
      writeFile(job);
      Optional<Map<String, Object>> ret = outcome(job);
      if (ret.isPresent()) {
        proc.remove(jid);
        sink.accept(ret.get());
      }
    } catch (RuntimeException e) {
      log.error("the return of job {} is lost: {}", jid, e.toString(), e);
    } finally {
      own.remove(job);
    }
  }

  /** What a job came to; nothing when it is left to the next minion. */
  private Optional<Map<String, Object>> outcome(RunningJob job) {
    try {
      return Optional.of(job.run());
    } catch (CallLeft e) {
      log.warn("job {} is left to the next minion: {}", job.jid(), e.getMessage());
      return Optional.empty();
    } finally {
      pool.ended(job);
    }
  }

  /** The jobs of all masters that run, and those that wait for their turn. */
  @Override
  public List<Map<String, Object>> running() {
    return pool.jobs().stream()
        .map(job -> new ProcFile(job.publication(), master, List.of()).description())
        .toList();
  }

  @Override
  public boolean signal(String jid, int signal) {
    List<RunningJob> jobs = pool.jobs(jid);
    for (RunningJob job : jobs) {
      if (signal != 0) {
        log.info("job {} gets signal {}", jid, signal);
        signal(job, signal);
      }
    }
    return !jobs.isEmpty();
  }

  private static void signal(RunningJob job, int signal) {
    if (signal != TERMINATE && signal != KILL) {
      Signals.send(signal, job.family().toList());
    }
    if (!HARMLESS.contains(signal)) {
      job.end(signal == KILL);
    }
  }

  /**
   * Takes no more jobs, waits a moment for those that run, then ends them. Programs that they run
   * go on, as operators restart and upgrade minions by jobs; the next minion takes them over.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (!ends(2)) {
        own.forEach(RunningJob::leave);
        if (!ends(5)) {
          log.warn("{} jobs do not end and are left behind", own.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the jobs to have ended and returned. */
  private boolean ends(int seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!own.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_MILLIS);
    }
    return own.isEmpty();
  }
}

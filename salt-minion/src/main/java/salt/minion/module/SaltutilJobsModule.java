package salt.minion.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.pattern.Glob;
import salt.common.payload.MessagePack;
import salt.common.payload.PythonText;

/** Looks after the jobs of the minion: those that run, and those that it keeps. */
@ExecutionModule("saltutil")
public final class SaltutilJobsModule {
  private static final Logger LOG = LoggerFactory.getLogger(SaltutilJobsModule.class);
  private static final int TERM = 15;
  private static final int KILL = 9;

  private final MinionContext context;

  /** The module of one minion. */
  public SaltutilJobsModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Returns the jobs that run on the minion, but for the one that asks.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.running
   * </pre>
   */
  @Exposed
  public List<Map<String, Object>> running(Call call) {
    Object own = call.publication().get("jid");
    return context.jobs().running().stream()
        .filter(job -> own == null || !own.equals(job.get("jid")))
        .toList();
  }

  /**
   * Returns the job with this jid if it runs.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.find_job 20140827082548412386
   * </pre>
   */
  @Exposed
  public Map<String, Object> findJob(String jid, Call call) {
    return find(jid, call).orElse(Map.of());
  }

  private Optional<Map<String, Object>> find(String jid, Call call) {
    return running(call).stream().filter(job -> jid.equals(job.get("jid"))).findFirst();
  }

  /**
   * Returns the running jobs whose function matches a glob.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.is_running 'cmd.*'
   * </pre>
   */
  @Exposed
  public List<Map<String, Object>> isRunning(String fun, Call call) {
    Glob glob = Glob.of(fun);
    return running(call).stream()
        .filter(job -> job.get("fun") instanceof String name && glob.matches(name))
        .toList();
  }

  /**
   * Returns what the minion kept of a job's return, with {@code cache_jobs}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.find_cached_job 20140827082548412386
   * </pre>
   */
  @Exposed
  public Object findCachedJob(String jid) throws IOException {
    Path jobs = context.options().path("cachedir").resolve("minion_jobs");
    Path job = jobs.resolve(jid).normalize();
    if (!jobs.normalize().equals(job.getParent()) || !Files.isDirectory(job)) {
      return context.options().flag("cache_jobs")
          ? "Local jobs cache directory " + job + " not found"
          : "Local jobs cache directory not found; you may need to enable cache_jobs on this"
              + " minion";
    }
    byte[] kept = Files.readAllBytes(job.resolve("return.p"));
    return kept.length > 0 && MessagePack.unpack(kept) instanceof Map<?, ?> map ? map : null;
  }

  /**
   * Sends a signal to the processes of a job.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.signal_job 20140827082548412386 15
   * </pre>
   */
  @Exposed
  public String signalJob(String jid, int sig, Call call) {
    Optional<Map<String, Object>> job = find(jid, call);
    if (job.isEmpty()) {
      return "";
    }
    return context.jobs().signal(jid, sig)
        ? "Signal " + sig + " sent to job " + jid + " at pid " + job.get().get("pid")
        : "Job " + jid + " was not running and job data has been cleaned up";
  }

  /**
   * Asks a job to end, by SIGTERM.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.term_job 20140827082548412386
   * </pre>
   */
  @Exposed
  public String termJob(String jid, Call call) {
    return signalJob(jid, TERM, call);
  }

  /**
   * Ends a job at once, by SIGKILL.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.kill_job 20140827082548412386
   * </pre>
   */
  @Exposed
  public String killJob(String jid, Call call) {
    return signalJob(jid, KILL, call);
  }

  /**
   * Asks all jobs but this one to end.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.term_all_jobs
   * </pre>
   */
  @Exposed
  public List<String> termAllJobs(Call call) {
    return signalOthers(call, TERM);
  }

  /**
   * Ends all jobs but this one at once.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.kill_all_jobs
   * </pre>
   */
  @Exposed
  public List<String> killAllJobs(Call call) {
    return signalOthers(call, KILL);
  }

  private List<String> signalOthers(Call call, int signal) {
    return running(call).stream()
        .map(job -> job.get("jid"))
        .filter(jid -> jid != null)
        .map(jid -> signalJob(PythonText.str(jid), signal, call))
        .toList();
  }

  /**
   * Removes the minion's own job cache, of jobs older than some hours.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.clear_job_cache hours=6
   * </pre>
   */
  @Exposed
  public boolean clearJobCache(@Argument.Default("24") double hours) {
    Path jobs = context.options().path("cachedir").resolve("minion_jobs");
    if (!Files.isDirectory(jobs)) {
      return true;
    }
    Instant oldest = Instant.now().minus(Duration.ofMillis(Math.round(hours * 3_600_000)));
    try (Stream<Path> directories = Files.list(jobs)) {
      for (Path job : directories.filter(Files::isDirectory).toList()) {
        if (Files.getLastModifiedTime(job).toInstant().isBefore(oldest)) {
          remove(job);
        }
      }
      return true;
    } catch (IOException e) {
      LOG.error("the job cache could not be cleared: {}", e.toString());
      return false;
    }
  }

  private static void remove(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

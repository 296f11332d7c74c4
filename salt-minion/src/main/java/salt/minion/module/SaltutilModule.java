package salt.minion.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.pattern.Glob;
import salt.common.payload.MessagePack;
import salt.common.payload.PythonText;
import salt.common.transport.TransportException;

/** Looks after the minion itself: its jobs, caches, grains, pillar and keys. */
@ExecutionModule("saltutil")
public final class SaltutilModule {
  private static final Logger LOG = LoggerFactory.getLogger(SaltutilModule.class);
  private static final int TERM = 15;
  private static final int KILL = 9;

  private final MinionContext context;

  /** The module of one minion. */
  public SaltutilModule(MinionContext context) {
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
   * salt '*' saltutil.is_running state.highstate
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
   * Collects the grains anew, and fetches the pillar anew unless {@code refresh_pillar=False}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_grains
   * </pre>
   */
  @Exposed
  public boolean refreshGrains(@Argument.Keywords Map<String, Object> kwargs) throws IOException {
    Map<String, Object> rest = new LinkedHashMap<>(kwargs);
    rest.keySet().removeIf(name -> name.startsWith("__"));
    Object pillar = rest.containsKey("refresh_pillar") ? rest.remove("refresh_pillar") : true;
    rest.remove("clean_pillar_cache");
    if (!rest.isEmpty()) {
      List<String> wrong = new ArrayList<>();
      rest.forEach((name, value) -> wrong.add(name + "=" + PythonText.str(value)));
      throw new CallException(
          CallException.Kind.INVOCATION,
          "The following keyword arguments are not valid: " + String.join(", ", wrong));
    }
    Files.deleteIfExists(context.options().path("cachedir").resolve("grains.cache.p"));
    context.refresh().grains();
    if (PythonText.truth(pillar)) {
      context.refresh().pillar();
    }
    return true;
  }

  /**
   * Fetches the pillar anew; true when it came.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_pillar
   * </pre>
   */
  @Exposed(aliases = "pillar_refresh")
  public boolean refreshPillar(
      @Argument.Default("false") boolean wait,
      @Argument.Default("30") double timeout,
      @Argument.Default("true") boolean cleanCache) {
    return context.refresh().pillar();
  }

  /**
   * Does nothing and returns true: the functions of this minion never change while it runs.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_modules
   * </pre>
   */
  @Exposed
  public boolean refreshModules(@Argument.Keywords Map<String, Object> kwargs) {
    return true;
  }

  /**
   * Does nothing and returns true: this minion has no beacons.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_beacons
   * </pre>
   */
  @Exposed
  public boolean refreshBeacons() {
    return true;
  }

  /**
   * Does nothing and returns true: the matchers of this minion never change while it runs.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_matchers
   * </pre>
   */
  @Exposed
  public boolean refreshMatchers() {
    return true;
  }

  /**
   * Returns the names of the extensions that were brought from a master before, by kind.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.list_extmods
   * </pre>
   */
  @Exposed
  public Map<String, Object> listExtmods() throws IOException {
    Path root = context.options().path("cachedir").resolve("extmods");
    Map<String, Object> kinds = new LinkedHashMap<>();
    if (!Files.isDirectory(root)) {
      return kinds;
    }
    try (Stream<Path> directories = Files.list(root)) {
      for (Path kind : directories.sorted().toList()) {
        kinds.put(kind.getFileName().toString(), names(kind));
      }
    }
    return kinds;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return List.copyOf(
          new TreeSet<>(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString().split("[.]", 2)[0])
                  .toList()));
    }
  }

  /**
   * Removes all files of the minion's cache.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.clear_cache
   * </pre>
   */
  @Exposed
  public boolean clearCache() {
    try (Stream<Path> all = Files.walk(context.options().path("cachedir"))) {
      for (Path file : all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        Files.delete(file);
      }
      return true;
    } catch (IOException e) {
      LOG.error("the cache could not be cleared: {}", e.toString());
      return false;
    }
  }

  /**
   * Removes the minion's own job cache, of jobs older than some hours.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.clear_job_cache hours=12
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

  /**
   * Removes the minion's keys and what it knows of its master's. It makes new ones when it signs in
   * next, which the master must then accept.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.regen_keys
   * </pre>
   */
  @Exposed
  public void regenKeys() throws IOException {
    try (Stream<Path> keys = Files.list(context.options().path("pki_dir"))) {
      for (Path key : keys.filter(Files::isRegularFile).toList()) {
        Files.delete(key);
      }
    }
  }

  /**
   * Asks the master to remove the minion's key, so that it can sign in no more; false when the
   * master does not answer.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.revoke_auth
   * </pre>
   */
  @Exposed
  public boolean revokeAuth(@Argument.Default("false") boolean preserveMinionCache) {
    MinionContext.MasterLink master =
        context
            .master()
            .orElseThrow(
                () -> new CallException(CallException.Kind.EXECUTION, "There is no master to ask"));
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "revoke_auth");
    load.put("preserve_minion_cache", preserveMinionCache);
    try {
      master.request(load);
      return true;
    } catch (TransportException e) {
      LOG.error("the master did not answer: {}", e.getMessage());
      return false;
    }
  }
}

package salt.master.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Remembers jobs and their returns. Thread-safe. */
public interface JobCache extends JobReader, AutoCloseable {

  /**
   * Opens a job: from now on its returns are kept.
   *
   * @param load the publish request as received, with {@code jid} filled in and without its key
   * @param minions the ids that should answer
   * @param keepReturns false for jobs that asked for {@code nocache}
   * @return completes when the job is safely on disk
   */
  CompletableFuture<Void> open(
      String jid, Map<String, Object> load, List<String> minions, boolean keepReturns);

  /**
   * Keeps one minion's return.
   *
   * @param load the {@code _return} load; {@code return}, {@code retcode}, {@code success} and
   *     {@code out} are kept
   * @return what became of it, once that is safely on disk
   */
  CompletableFuture<Outcome> store(String jid, String minion, Map<String, Object> load);

  /** Forgets jobs that were opened before {@code limit}; returns how many. */
  int expire(Instant limit);

  @Override
  void close();

  /** What became of a return. */
  enum Outcome {
    /** It is on disk. */
    STORED,
    /** This minion had returned for this job before; the first return stands. */
    DUPLICATE,
    /** The job did not want returns kept. */
    NOT_KEPT,
    /** There is no such job. */
    UNKNOWN_JOB
  }
}

package salt.master.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.MinionId;
import salt.common.payload.MessagePack;

/** Writes the job cache in Salt's layout; see {@link LocalJobReader} for what lies where. */
public final class LocalJobCache implements JobCache {
  private static final Logger log = LoggerFactory.getLogger(LocalJobCache.class);
  private static final int LOCKS = 256;
  private static final long JOURNAL_LIMIT = 16L << 20;

  private final Path jobs;
  private final LocalJobReader reader;
  private final DurableFiles files;
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /**
   * The cache below {@code cacheDir}.
   *
   * @param hashType the option {@code hash_type}, such as {@code sha256}
   */
  public LocalJobCache(Path cacheDir, String hashType) {
    this.jobs = cacheDir.resolve("jobs");
    this.reader = new LocalJobReader(cacheDir, hashType);
    this.files = new DurableFiles(jobs, cacheDir.resolve("jobs_journal"), JOURNAL_LIMIT);
  }

  @Override
  public CompletableFuture<Void> open(
      String jid, Map<String, Object> load, List<String> minions, boolean keepReturns) {
    Path job = reader.relative(jid);
    try {
      Files.createDirectories(jobs.resolve(job));
      List<CompletableFuture<Void>> writes = new ArrayList<>();
      writes.add(files.write(job.resolve("jid"), jid.getBytes(StandardCharsets.US_ASCII)));
      if (!keepReturns) {
        writes.add(files.write(job.resolve("nocache"), new byte[0]));
      }
      writes.add(files.write(job.resolve(".load.p"), MessagePack.BIN.pack(load)));
      writes.add(files.write(job.resolve(".minions.p"), MessagePack.BIN.pack(minions)));
      return all(writes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the job " + jid + ": " + e, e);
    }
  }

  @Override
  public CompletableFuture<Outcome> store(String jid, String minion, Map<String, Object> load) {
    if (!MinionId.isValid(minion) || !isKnown(jid)) {
      return CompletableFuture.completedFuture(Outcome.UNKNOWN_JOB);
    }
    Path job = reader.relative(jid);
    if (Files.exists(jobs.resolve(job).resolve("nocache"))) {
      return CompletableFuture.completedFuture(Outcome.NOT_KEPT);
    }
    synchronized (locks[Math.floorMod(31 * jid.hashCode() + minion.hashCode(), LOCKS)]) {
      return storeOnce(job.resolve(minion), load);
    }
  }

  private CompletableFuture<Outcome> storeOnce(Path directory, Map<String, Object> load) {
    if (Files.exists(jobs.resolve(directory).resolve("return.p"))) {
      return CompletableFuture.completedFuture(Outcome.DUPLICATE);
    }
    Map<String, Object> kept = new LinkedHashMap<>();
    LocalJobReader.KEPT.stream()
        .filter(load::containsKey)
        .forEach(key -> kept.put(key, load.get(key)));
    try {
      Files.createDirectories(jobs.resolve(directory));
      List<CompletableFuture<Void>> writes = new ArrayList<>();
      writes.add(files.write(directory.resolve("return.p"), MessagePack.BIN.pack(kept)));
      if (load.get("out") != null) {
        writes.add(files.write(directory.resolve("out.p"), MessagePack.BIN.pack(load.get("out"))));
      }
      return all(writes).thenApply(done -> Outcome.STORED);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store the return in " + directory + ": " + e, e);
    }
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Void>> writes) {
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  @Override
  public boolean isKnown(String jid) {
    return reader.isKnown(jid);
  }

  @Override
  public Optional<Map<String, Object>> load(String jid) {
    return reader.load(jid);
  }

  @Override
  public List<String> minions(String jid) {
    return reader.minions(jid);
  }

  @Override
  public Map<String, Map<String, Object>> returns(String jid) {
    return reader.returns(jid);
  }

  @Override
  public Optional<Map<String, Object>> find(String jid, String minion) {
    return reader.find(jid, minion);
  }

  @Override
  public List<String> jids() {
    return reader.jids();
  }

  @Override
  public int expire(Instant limit) {
    int expired = 0;
    for (Path job : reader.jobDirectories()) {
      try {
        if (Files.getLastModifiedTime(anchor(job)).toInstant().isBefore(limit)) {
          deleteTree(job);
          expired++;
        }
      } catch (IOException e) {
        log.warn("cannot expire the job in {}: {}", job, e.toString());
      }
    }
    return expired;
  }

  private static Path anchor(Path job) {
    Path jid = job.resolve("jid");
    return Files.exists(jid) ? jid : job;
  }

  private static void deleteTree(Path job) throws IOException {
    try (Stream<Path> tree = Files.walk(job)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() {
    files.close();
  }
}

package salt.minion.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * The minion's own copies of its returns ({@code cache_jobs}), each in {@code
 * <cachedir>/minion_jobs/<jid>/return.p}, for {@code saltutil.find_cached_job}. They stay until
 * {@code saltutil.clear_job_cache} removes them, as in real Salt.
 */
public final class MinionJobCache {
  private static final Logger log = LoggerFactory.getLogger(MinionJobCache.class);

  private final Path directory;

  /** The copies below {@code cachedir}. */
  public MinionJobCache(Path cachedir) {
    this.directory = cachedir.resolve("minion_jobs");
  }

  /** Keeps a return; one that can't be kept is told in the log only. */
  public void keep(Map<String, Object> ret) {
    String jid = String.valueOf(ret.get("jid"));
    try {
      Path job = Files.createDirectories(directory.resolve(jid));
      Files.write(job.resolve("return.p"), MessagePack.BIN.pack(ret));
    } catch (IOException | MalformedPayload e) {
      log.error("the return of job {} is not kept in {}: {}", jid, directory, e.toString());
    }
  }
}

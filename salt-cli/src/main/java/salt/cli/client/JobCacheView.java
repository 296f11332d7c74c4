package salt.cli.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;
import salt.master.job.LocalJobReader;

/** The master's job cache, as far as this user may read it and the master keeps one in files. */
final class JobCacheView {
  private final Options options;
  private LocalJobReader reader;
  private boolean tried;

  JobCacheView(Options options) {
    this.options = options;
  }

  /** What the minion returned for the job, if the cache knows. */
  Optional<Map<String, Object>> find(String jid, String id) {
    if (!isReadable()) {
      return Optional.empty();
    }
    return reader.find(jid, id);
  }

  /** Whether returns can be found here. Made at the first need, as most jobs return in time. */
  boolean isReadable() {
    if (!tried) {
      tried = true;
      Path directory = options.path("cachedir");
      if (options.flag("job_cache")
          && options.text("master_job_cache", "local_cache").equals("local_cache")
          && options.text("ext_job_cache", "").isEmpty()
          && Files.isReadable(directory.resolve("jobs"))) {
        reader = new LocalJobReader(directory, options.text("hash_type", "sha256"));
      }
    }
    return reader != null;
  }
}

package salt.master.key;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;

/** What the master keeps of each minion below {@code <cachedir>/minions}. */
final class MinionCaches {
  private static final Logger log = LoggerFactory.getLogger(MinionCaches.class);

  private final Options options;

  MinionCaches(Options options) {
    this.options = options;
  }

  /**
   * Removes the caches of all ids without a key, unless {@code preserve_minion_cache} forbids it.
   *
   * @param keys all keys by state
   * @param preserved ids spared although they have no key
   */
  void keep(Map<String, List<String>> keys, List<String> preserved) {
    Path caches = options.path("cachedir").resolve("minions");
    if (options.flag("preserve_minion_cache") || !Files.isDirectory(caches)) {
      return;
    }
    Set<String> kept = new HashSet<>(preserved);
    keys.values().forEach(kept::addAll);
    try (DirectoryStream<Path> minions = Files.newDirectoryStream(caches)) {
      for (Path minion : minions) {
        if (!kept.contains(minion.getFileName().toString())) {
          remove(minion);
        }
      }
    } catch (IOException e) {
      log.warn("what is cached of minions without a key cannot be removed: {}", e.toString());
    }
  }

  /** Removes a directory; links are removed, not followed. */
  private static void remove(Path directory) {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem)
                throws IOException {
              if (problem != null) {
                throw problem;
              }
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      log.warn("the cache {} cannot be removed: {}", directory, e.toString());
    }
  }
}

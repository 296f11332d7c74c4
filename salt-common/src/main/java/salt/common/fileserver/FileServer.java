package salt.common.fileserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.payload.Bytes;

/**
 * Serves the files of {@code file_roots}, the backend {@code roots} of Salt's file server; safe for
 * several threads.
 *
 * <p>Reads the options {@code fileserver_backend}, {@code file_roots}, {@code file_ignore_regex},
 * {@code file_ignore_glob}, {@code fileserver_followsymlinks}, {@code fileserver_ignoresymlinks},
 * {@code fileserver_list_cache_time}, {@code hash_type} and {@code file_buffer_size}.
 */
public final class FileServer {
  static final String BACKEND = "roots";
  private static final Logger log = LoggerFactory.getLogger(FileServer.class);
  private static final int MAX_CACHED_LISTS = 1000;
  private static final long DEFAULT_LIST_CACHE_SECONDS = 20;
  private static final List<String> STAT =
      List.of(
          "mode",
          "ino",
          "dev",
          "nlink",
          "uid",
          "gid",
          "size",
          "lastAccessTime",
          "lastModifiedTime",
          "ctime");

  private final FileRoots roots;
  private final IgnoreRules ignored;
  private final RootScan scan;
  private final FileHashes hashes;
  private final Clock clock;
  private final boolean followLinks;
  private final String hashType;
  private final int bufferSize;
  private final Duration listCacheTime;
  private final Map<String, CachedLists> lists = new ConcurrentHashMap<>();

  private record CachedLists(Instant made, FileLists lists) {}

  /**
   * A file server.
   *
   * @throws IllegalArgumentException when {@code hash_type} names no hash
   */
  public FileServer(Options options, Clock clock) {
    List<?> backends = options.list("fileserver_backend");
    backends.stream()
        .filter(backend -> !isRoots(backend))
        .forEach(backend -> log.warn("fileserver_backend: '{}' is not supported", backend));
    boolean enabled = backends.isEmpty() || backends.stream().anyMatch(FileServer::isRoots);
    this.roots = FileRoots.of(enabled ? options : Options.of(Map.of()));
    this.ignored = new IgnoreRules(options);
    this.scan = new RootScan(options);
    this.hashType = options.text("hash_type", "sha256");
    this.hashes = new FileHashes(hashType);
    this.clock = clock;
    this.followLinks = options.flag("fileserver_followsymlinks");
    this.bufferSize = Math.max(1, options.integer("file_buffer_size"));
    this.listCacheTime =
        options.any("fileserver_list_cache_time") == null
            ? Duration.ofSeconds(DEFAULT_LIST_CACHE_SECONDS)
            : Duration.ofMillis((long) (1000 * options.number("fileserver_list_cache_time")));
  }

  private static boolean isRoots(Object backend) {
    return BACKEND.equals(backend) || "rootsfs".equals(backend);
  }

  /** The names of the environments, sorted. */
  public List<String> environments() {
    return roots.environments();
  }

  /**
   * Finds a file.
   *
   * @param path relative to the roots, perhaps with {@code ?saltenv=name} and {@code ?index=number}
   *     behind it; a leading {@code |} says that a question mark belongs to the name
   * @param environment the environment to search, unless the path names one
   * @return nothing when there is none, or its path is not a safe one
   */
  public Optional<FoundFile> find(String path, String environment) {
    FileQuery query = FileQuery.of(path, environment);
    List<Path> searched = query.select(roots.of(query.environment()));
    for (Path root : searched) {
      Optional<Path> file = SafePath.regularFile(root, query.path(), followLinks);
      if (file.isPresent() && !ignored.ignores(file.get().toString())) {
        String relative = root.normalize().relativize(file.get()).toString();
        return Optional.of(new FoundFile(file.get(), relative, stat(file.get())));
      }
    }
    return Optional.empty();
  }

  private static List<Long> stat(Path file) {
    try {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:" + String.join(",", STAT));
      List<Long> stat = new ArrayList<>();
      for (String name : STAT) {
        Object value = attributes.get(name);
        stat.add(
            value instanceof FileTime time
                ? time.toInstant().getEpochSecond()
                : ((Number) value).longValue());
      }
      return stat;
    } catch (IOException e) {
      log.error("Unable to stat file: {}", e.toString());
      return List.of();
    }
  }

  /** The hash of a file, as {@code {hash_type, hsum}}. */
  public Map<String, Object> hash(FoundFile file) {
    try {
      Map<String, Object> hash = new LinkedHashMap<>();
      hash.put("hash_type", hashType);
      hash.put("hsum", hashes.of(file.path()));
      return hash;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot hash " + file.path(), e);
    }
  }

  /**
   * A part of a file.
   *
   * @param offset where it begins, in bytes of the file
   * @param gzip the level of compression from 1 to 9; 0 for none
   * @return at most {@code file_buffer_size} bytes, before compression; none behind the end
   */
  public Bytes chunk(FoundFile file, long offset, int gzip) {
    try (InputStream in = Files.newInputStream(file.path())) {
      in.skipNBytes(Math.min(Math.max(0, offset), Files.size(file.path())));
      byte[] data = in.readNBytes(bufferSize);
      return Bytes.wrap(gzip > 0 && data.length > 0 ? compressed(data, gzip) : data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.path(), e);
    }
  }

  private static byte[] compressed(byte[] data, int level) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new LevelledGzip(out, level)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }

  private static final class LevelledGzip extends GZIPOutputStream {
    LevelledGzip(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(Math.min(level, Deflater.BEST_COMPRESSION));
    }
  }

  /** The files of an environment whose path starts with {@code prefix}, sorted. */
  public List<String> files(String environment, String prefix) {
    return lists(environment).files(stripped(prefix));
  }

  /** The directories of an environment likewise. */
  public List<String> directories(String environment, String prefix) {
    return lists(environment).directories(stripped(prefix));
  }

  /** The empty directories of an environment likewise. */
  public List<String> emptyDirectories(String environment, String prefix) {
    return lists(environment).emptyDirectories(stripped(prefix));
  }

  /** The symbolic links of an environment likewise, each with its target. */
  public Map<String, String> links(String environment, String prefix) {
    return lists(environment).links(stripped(prefix));
  }

  /** Forgets the lists of these environments, so that the next question looks at the disk. */
  public void forgetLists(Collection<String> environments) {
    environments.forEach(lists::remove);
  }

  private FileLists lists(String environment) {
    List<Path> directories = roots.of(environment);
    if (directories.isEmpty()) {
      return new FileLists();
    }
    if (lists.size() > MAX_CACHED_LISTS) {
      lists.clear();
    }
    // One thread scans, others that ask for the same environment wait for it.
    return lists.compute(
            environment,
            (name, known) ->
                known != null && clock.instant().isBefore(known.made.plus(listCacheTime))
                    ? known
                    : new CachedLists(clock.instant(), scan.scan(directories)))
        .lists;
  }

  private static String stripped(String prefix) {
    int start = 0;
    int end = prefix.length();
    while (start < end && prefix.charAt(start) == '/') {
      start++;
    }
    while (end > start && prefix.charAt(end - 1) == '/') {
      end--;
    }
    return prefix.substring(start, end);
  }
}

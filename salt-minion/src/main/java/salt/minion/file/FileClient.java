package salt.minion.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.payload.PythonText;

/**
 * Fetches files by URL and keeps them. A file that is already there with the hash that the server
 * names is not fetched again; a new one takes its place whole. Thread-safe.
 *
 * <p>Of the schemes it knows {@code salt}, {@code http}, {@code https}, {@code ftp} and {@code
 * file}; a plain path is a local file.
 */
public final class FileClient {
  private static final Logger LOG = LoggerFactory.getLogger(FileClient.class);

  private final FileSource server;
  private final FileCache cache;
  private final WebFiles web;
  private final String hashType;
  private final ExecutorService requests;

  /** A client of {@code server} that keeps files below the option {@code cachedir}. */
  public FileClient(FileSource server, Options options) {
    this.server = server;
    this.cache = new FileCache(options.path("cachedir"));
    this.web = new WebFiles(options);
    this.hashType = options.text("hash_type", "sha256");
    AtomicInteger number = new AtomicInteger();
    this.requests =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "file-request-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Where this client keeps files. */
  public FileCache cache() {
    return cache;
  }

  /**
   * Fetches a file of the file server.
   *
   * @param destination where to put it, a directory also; null or empty for the cache
   * @param makedirs whether missing directories of the destination are made
   * @param gzip the level to compress it with on its way; null for not at all
   * @return where it lies; nothing when there is no such file, or no directory to put it into
   */
  public Optional<String> fetch(
      String url, String destination, boolean makedirs, String saltenv, Integer gzip)
      throws IOException {
    SaltUrl parts = SaltUrl.parse(url);
    String env = SaltUrl.saltenv(url, saltenv);
    Object hash = ask("_file_hash", "path", parts.path(), "saltenv", env);
    if (!(hash instanceof Map<?, ?> found) || found.get("hsum") == null) {
      return Optional.empty();
    }
    boolean cached = destination == null || destination.isEmpty();
    String place = cached ? cache.file(parts.path(), env).toString() : inside(destination, parts);
    Path file = Path.of(place);
    String type = PythonText.str(found.get("hash_type"));
    String hsum = PythonText.str(found.get("hsum"));
    if (Files.isRegularFile(file) && FileHash.of(file, type).equals(hsum)) {
      return Optional.of(place);
    }
    if (!cached && !makeDirectory(file, makedirs)) {
      return Optional.empty();
    }
    Map<String, Object> load = load("_serve_file", "path", parts.path(), "saltenv", env);
    if (gzip != null && gzip > 0) {
      load.put("gzip", gzip.longValue());
    }
    Transfer transfer = new Transfer(server, requests, load, type, hsum);
    return put(transfer, file, cached) ? Optional.of(place) : Optional.empty();
  }

  private static boolean put(Transfer transfer, Path file, boolean cached) throws IOException {
    if (cached) {
      FileCache.makeRoom(file);
    }
    try (AtomicFile target = cached ? AtomicFile.secret(file) : AtomicFile.replacing(file)) {
      boolean whole = transfer.into(target);
      if (whole) {
        target.commit();
      } else {
        LOG.error("the file '{}' was not fetched: its content never had the named hash", file);
      }
      return whole;
    }
  }

  private static String inside(String destination, SaltUrl url) {
    boolean directory = destination.endsWith("/") || Files.isDirectory(Path.of(destination));
    String name = url.path().substring(url.path().lastIndexOf('/') + 1);
    return directory ? destination + (destination.endsWith("/") ? "" : "/") + name : destination;
  }

  private static boolean makeDirectory(Path file, boolean makedirs) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (makedirs) {
      Files.createDirectories(directory);
    }
    return Files.isDirectory(directory);
  }

  /**
   * Fetches whatever a URL names.
   *
   * @param destination where to put it; empty for the cache. A local file stays where it is.
   * @return where it lies; nothing when there is no such file
   */
  public Optional<String> fetchUrl(
      String url, String destination, boolean makedirs, String saltenv, WebFiles.Check check)
      throws IOException {
    if (SaltUrl.is(url)) {
      return fetch(url, destination, makedirs, saltenv, null);
    } else if (WebFiles.isLocal(url)) {
      return Optional.of(WebFiles.localPath(url));
    }
    Path place =
        destination.isEmpty()
            ? cache.external(url, saltenv)
            : Path.of(WebFiles.inside(destination, url));
    if (destination.isEmpty() && check.hash() != null && FileHash.matches(place, check.hash())) {
      return Optional.of(place.toString());
    }
    if (!makeDirectory(place, makedirs || destination.isEmpty())) {
      return Optional.empty();
    }
    web.fetch(url, place, check);
    return Optional.of(place.toString());
  }

  /** The content of whatever a URL names; nothing when there is no such file. */
  public Optional<byte[]> content(String url, String saltenv) throws IOException {
    if (SaltUrl.is(url) || WebFiles.isLocal(url)) {
      Optional<String> place = fetchUrl(url, "", true, saltenv, WebFiles.Check.DEFAULT);
      return place.isEmpty()
          ? Optional.empty()
          : Optional.of(Files.readAllBytes(Path.of(place.get())));
    }
    return Optional.of(web.content(url));
  }

  /** Puts a file into the cache; {@link #fetchUrl} says what is returned. */
  public Optional<String> cacheFile(String url, String saltenv) throws IOException {
    return fetchUrl(url, "", true, SaltUrl.saltenv(url, saltenv), WebFiles.Check.DEFAULT);
  }

  /**
   * Puts the files of a directory into the cache.
   *
   * @param emptyDirectories whether directories without files are made there as well
   * @param wanted which paths are wanted
   */
  public List<String> cacheDirectory(
      String url, String saltenv, boolean emptyDirectories, Predicate<String> wanted)
      throws IOException {
    String path = SaltUrl.parse(url).path();
    String prefix = path.endsWith("/") ? path : path + "/";
    List<String> places = new ArrayList<>();
    for (String file : list("_file_list", saltenv, "")) {
      if (file.startsWith(prefix) && wanted.test(file)) {
        cacheFile(SaltUrl.of(file), saltenv).ifPresent(places::add);
      }
    }
    if (emptyDirectories) {
      for (String directory : list("_file_list_emptydirs", saltenv, "")) {
        if (directory.startsWith(prefix)) {
          Path place = cache.file(directory, saltenv);
          FileCache.makeRoom(place.resolve("any"));
          places.add(place.toString());
        }
      }
    }
    return places;
  }

  /** Copies a directory of the file server below {@code destination}; the places, sorted. */
  public List<String> fetchDirectory(String url, String destination, String saltenv, Integer gzip)
      throws IOException {
    String path = SaltUrl.parse(url).path().replaceFirst("/+$", "");
    int parent = path.lastIndexOf('/') + 1;
    List<String> places = new ArrayList<>();
    for (String file : list("_file_list", saltenv, path)) {
      if (file.startsWith(path + "/")) {
        String place = destination + "/" + file.substring(parent);
        fetch(SaltUrl.of(file), place, true, saltenv, gzip).ifPresent(places::add);
      }
    }
    for (String directory : list("_file_list_emptydirs", saltenv, path)) {
      if (directory.startsWith(path + "/")) {
        String place = destination + "/" + directory.substring(parent);
        Files.createDirectories(Path.of(place));
        places.add(place);
      }
    }
    places.sort(null);
    return places;
  }

  /**
   * The hash of a file as {@code cp.hash_file} returns it: a map of {@code hsum} and {@code
   * hash_type}; for a URL without a file an empty text, for a missing local file an empty map and
   * null.
   */
  public Object hash(String url, String saltenv) throws IOException {
    if (SaltUrl.is(url)) {
      String env = SaltUrl.saltenv(url, saltenv);
      return ask("_file_hash", "path", SaltUrl.parse(url).path(), "saltenv", env);
    }
    Path file = Path.of(url);
    if (!Files.isRegularFile(file)) {
      LOG.warn("there is no file '{}' to hash", url);
      List<Object> nothing = new ArrayList<>();
      nothing.add(Map.of());
      nothing.add(null);
      return nothing;
    }
    Map<String, Object> hash = new LinkedHashMap<>();
    hash.put("hsum", FileHash.of(file, hashType));
    hash.put("hash_type", hashType);
    return hash;
  }

  /** The mode of a file, type bits included; nothing when it is not there or not known. */
  public Optional<Long> mode(String url, String saltenv) throws IOException {
    if (SaltUrl.is(url)) {
      String env = SaltUrl.saltenv(url, saltenv);
      Object found = ask("_file_find", "path", SaltUrl.parse(url).path(), "saltenv", env);
      return found instanceof Map<?, ?> map
              && map.get("stat") instanceof List<?> stat
              && stat.get(0) instanceof Number mode
          ? Optional.of(mode.longValue())
          : Optional.empty();
    }
    Path file = Path.of(url);
    return Files.isRegularFile(file)
        ? Optional.of(((Integer) Files.getAttribute(file, "unix:mode")).longValue())
        : Optional.empty();
  }

  /** What a list request returns: {@code _file_list}, {@code _dir_list} and their like. */
  public List<String> list(String command, String saltenv, String prefix) {
    return texts(ask(command, "saltenv", saltenv, "prefix", prefix));
  }

  /** The links below the file roots, with what they point to. */
  public Map<?, ?> links(String saltenv, String prefix) {
    Object links = ask("_symlink_list", "saltenv", saltenv, "prefix", prefix);
    return links instanceof Map<?, ?> map ? map : Map.of();
  }

  /** The environments. */
  public List<String> environments() {
    return texts(ask("_file_envs"));
  }

  private Object ask(String command, String... parameters) {
    return server.ask(load(command, parameters));
  }

  private static Map<String, Object> load(String command, String... parameters) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", command);
    for (int i = 0; i < parameters.length; i += 2) {
      load.put(parameters[i], parameters[i + 1]);
    }
    return load;
  }

  private static List<String> texts(Object reply) {
    return reply instanceof List<?> list ? list.stream().map(PythonText::str).toList() : List.of();
  }
}

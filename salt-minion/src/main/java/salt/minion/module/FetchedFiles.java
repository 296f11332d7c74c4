package salt.minion.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.CallException;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;
import salt.minion.file.FileClient;
import salt.minion.file.FileSource;
import salt.minion.file.LocalFiles;
import salt.minion.file.SaltUrl;
import salt.minion.file.WebFiles;
import salt.minion.process.TextDecoding;

/**
 * Files that come to the minion from the master, from our own roots without one, and from web
 * servers, as {@code cp} gives them to callers. An environment of null is the minion's own.
 */
final class FetchedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(FetchedFiles.class);

  private final MinionContext context;
  private final FileClient client;

  FetchedFiles(MinionContext context) {
    this.context = context;
    this.client = client(context);
  }

  /** A client of the master's files, or of our own without a master. */
  static FileClient client(MinionContext context) {
    FileSource local = new LocalFiles(context.options());
    boolean alone = "local".equals(context.options().text("file_client"));
    FileSource server =
        load ->
            alone || context.master().isEmpty()
                ? local.ask(load)
                : context.master().get().request(load);
    return new FileClient(server, context.options());
  }

  private String env(String saltenv) {
    return saltenv == null || saltenv.isEmpty()
        ? context.options().text("saltenv", "base")
        : saltenv;
  }

  /** Copies a file; its place, an empty text for no such file, false for no place to put it. */
  Object copy(String path, String dest, String saltenv, boolean makedirs, Object gzip)
      throws IOException {
    if (!PythonText.truth(client.hash(path, env(saltenv)))) {
      return "";
    }
    return orFalse(client.fetch(path, dest, makedirs, env(saltenv), gzip(gzip)));
  }

  /** Copies a directory; the places of its files. */
  List<String> copyDirectory(String path, String dest, String saltenv, Object gzip)
      throws IOException {
    return client.fetchDirectory(path, dest, env(saltenv), gzip(gzip));
  }

  /**
   * Copies what a URL names to {@code dest}, into the cache when that is empty; its place, or false
   * for no such file.
   */
  Object copyUrl(String url, String dest, String saltenv, boolean makedirs, String sourceHash)
      throws IOException {
    String env = SaltUrl.saltenv(url, env(saltenv));
    WebFiles.Check check = new WebFiles.Check(sourceHash, true, false);
    return orFalse(
        told(
            client.fetchUrl(url, dest, makedirs, env, check),
            "the file {} of saltenv {} could not be fetched",
            url,
            env));
  }

  /** The text that a URL names; false for no such file. */
  Object textOfUrl(String url, String saltenv) throws IOException {
    String env = SaltUrl.saltenv(url, env(saltenv));
    Optional<byte[]> content =
        told(client.content(url, env), "the file {} of saltenv {} could not be fetched", url, env);
    return content.isPresent() ? TextDecoding.utf8(Bytes.wrap(content.get())) : false;
  }

  /** The text of a file, which is cached on the way; false for no such file. */
  Object text(String url, String saltenv) throws IOException {
    Object place = cache(url, saltenv, WebFiles.Check.DEFAULT);
    if (!(place instanceof String file) || !Files.isReadable(Path.of(file))) {
      return false;
    }
    return TextDecoding.utf8(Bytes.wrap(Files.readAllBytes(Path.of(file))));
  }

  /** Puts a file into the cache; its place, or false for no such file. */
  Object cache(String url, String saltenv, WebFiles.Check check) throws IOException {
    String env = SaltUrl.saltenv(url, env(saltenv));
    return orFalse(
        told(
            client.fetchUrl(url, "", true, env, check),
            "there is no file '{}' in saltenv '{}' to cache",
            url,
            env));
  }

  /** Puts files, a list or divided by commas, into the cache; the place of each or false. */
  List<Object> cacheAll(Object urls, String saltenv) throws IOException {
    List<?> all =
        urls instanceof List<?> list ? list : Arrays.asList(PythonText.str(urls).split(",", -1));
    List<Object> places = new ArrayList<>();
    for (Object url : all) {
      places.add(orFalse(client.cacheFile(PythonText.str(url), env(saltenv))));
    }
    return places;
  }

  /** Puts all files of an environment into the cache. */
  List<Object> cacheMaster(String saltenv) throws IOException {
    return cacheAll(list("_file_list", saltenv, "").stream().map(SaltUrl::of).toList(), saltenv);
  }

  /** Puts the files of a directory into the cache; {@code emptyToo} makes empty directories. */
  List<String> cacheDirectory(String path, String saltenv, boolean emptyToo, PathChoice wanted)
      throws IOException {
    return client.cacheDirectory(path, env(saltenv), emptyToo, wanted);
  }

  /** Copies a file of the minion into the cache; its place there, empty for no such file. */
  String cacheLocal(String path) throws IOException {
    Path file = Path.of(path);
    return Files.exists(file) ? client.cache().keep(file) : "";
  }

  /** Where a URL is or would be cached. */
  String destination(String url, String saltenv) {
    return client.cache().destination(url, env(saltenv));
  }

  /** Where a URL is cached; empty when it is not. */
  String cached(String url, String saltenv) {
    return client.cache().find(url, env(saltenv)).orElse("");
  }

  /** The cached files of an environment. */
  List<String> listCached(String saltenv) throws IOException {
    return client.cache().list(env(saltenv));
  }

  /** The hash of a file and its type. */
  Object hash(String path, String saltenv) throws IOException {
    return client.hash(path, env(saltenv));
  }

  /** The mode of a file; null for no such file. */
  Long mode(String path, String saltenv) throws IOException {
    return client.mode(path, env(saltenv)).orElse(null);
  }

  /** What the file server answers to a command that lists. */
  List<String> list(String command, String saltenv, String prefix) {
    return client.list(command, env(saltenv), prefix);
  }

  /** The symbolic links of an environment and what they point to. */
  Map<?, ?> links(String saltenv, String prefix) {
    return client.links(env(saltenv), prefix);
  }

  /** The names of the states whose files an environment has. */
  List<String> states(String saltenv) {
    TreeSet<String> states = new TreeSet<>();
    for (String path : list("_file_list", saltenv, "")) {
      if (path.endsWith(".sls")) {
        String end = path.endsWith("/init.sls") ? "/init.sls" : ".sls";
        states.add(path.substring(0, path.length() - end.length()).replace('/', '.'));
      }
    }
    return List.copyOf(states);
  }

  /** The environments. */
  List<String> environments() {
    return client.environments();
  }

  /** A gzip level as an operator writes it; null for none. */
  private static Integer gzip(Object level) {
    if (!PythonText.truth(level)) {
      return null;
    }
    try {
      return Integer.valueOf(PythonText.str(level));
    } catch (NumberFormatException e) {
      throw new CallException(
          CallException.Kind.INVOCATION, "gzip must be a level, not " + PythonText.repr(level), e);
    }
  }

  private static Object orFalse(Optional<String> place) {
    return place.isPresent() ? place.get() : (Object) false;
  }

  private static <T> Optional<T> told(Optional<T> found, String problem, String url, String env) {
    if (found.isEmpty()) {
      LOG.error(problem, url.replaceFirst("^(https?)://.*@", "$1://<redacted>@"), env);
    }
    return found;
  }
}

package salt.minion.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;
import salt.minion.file.FileClient;
import salt.minion.file.SaltUrl;
import salt.minion.file.WebFiles;
import salt.minion.process.TextDecoding;

/** Copies files from the master and other servers to the minion, and from it to the master. */
@ExecutionModule("cp")
public final class CpModule {
  private static final Logger LOG = LoggerFactory.getLogger(CpModule.class);

  private final FileClient client;
  private final MinionFiles files;
  private final FilePush push;

  /** The module of one minion. */
  public CpModule(MinionContext context) {
    this.client = MinionFiles.client(context);
    this.files = new MinionFiles(context);
    this.push = new FilePush(context);
  }

  /**
   * Copies a file from the master to {@code dest} and returns its place; nothing when there is no
   * such file. {@code gzip} is the level to compress it with on its way.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_file salt://path/to/file /minion/dest makedirs=True gzip=5
   * </pre>
   */
  @Exposed
  public Object getFile(
      String path,
      String dest,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean makedirs,
      @Argument.Default("null") String template,
      @Argument.Default("null") Object gzip,
      @Argument.Keywords Map<String, Object> kwargs)
      throws IOException {
    MinionFiles.checkTemplate(template, path, dest);
    String env = files.saltenv(saltenv);
    if (!PythonText.truth(client.hash(path, env))) {
      return "";
    }
    return orFalse(client.fetch(path, dest, makedirs, env, MinionFiles.gzip(gzip)));
  }

  /**
   * Returns the content of a file of the master; false when there is no such file.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_file_str salt://my/file
   * </pre>
   */
  @Exposed
  public Object getFileStr(String path, @Argument.Default("null") String saltenv)
      throws IOException {
    Object place = cacheFile(path, saltenv, null, true, false);
    if (!(place instanceof String file) || !Files.isReadable(Path.of(file))) {
      return false;
    }
    return TextDecoding.utf8(Bytes.wrap(Files.readAllBytes(Path.of(file))));
  }

  /**
   * Copies a file from a URL to {@code dest} and returns its place. With {@code dest} None the
   * content is returned; without it the file goes into the cache. The schemes are salt, http,
   * https, ftp and file.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_url salt://my/file /tmp/this_file_is_mine
   * salt '*' cp.get_url http://www.example.com /tmp/index.html
   * </pre>
   */
  @Exposed
  public Object getUrl(
      String path,
      @Argument.Default("''") String dest,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean makedirs,
      @Argument.Default("null") String sourceHash)
      throws IOException {
    String env = SaltUrl.saltenv(path, files.saltenv(saltenv));
    Object found;
    if (dest == null) {
      Optional<byte[]> content = client.content(path, env);
      found = content.isPresent() ? TextDecoding.utf8(Bytes.wrap(content.get())) : false;
    } else {
      WebFiles.Check check = new WebFiles.Check(sourceHash, true, false);
      found = orFalse(client.fetchUrl(path, dest, makedirs, env, check));
    }
    if (Boolean.FALSE.equals(found)) {
      LOG.error("the file {} of saltenv {} could not be fetched", withoutUser(path), env);
    }
    return found;
  }

  /**
   * Copies a directory from the master below {@code dest} and returns the places of its files.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_dir salt://path/to/dir/ /minion/dest gzip=5
   * </pre>
   */
  @Exposed
  public List<String> getDir(
      String path,
      String dest,
      @Argument.Default("null") String saltenv,
      @Argument.Default("null") String template,
      @Argument.Default("null") Object gzip,
      @Argument.Keywords Map<String, Object> kwargs)
      throws IOException {
    MinionFiles.checkTemplate(template, path, dest);
    return client.fetchDirectory(path, dest, files.saltenv(saltenv), MinionFiles.gzip(gzip));
  }

  /**
   * Puts a file into the minion's cache and returns its place; false when there is no such file.
   * {@code source_hash} spares fetching again what is already there, {@code verify_ssl} and {@code
   * use_etag} are for web servers.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_file salt://path/to/file
   * salt '*' cp.cache_file salt://path/to/file?saltenv=dev
   * </pre>
   */
  @Exposed
  public Object cacheFile(
      String path,
      @Argument.Default("null") String saltenv,
      @Argument.Default("null") String sourceHash,
      @Argument.Default("true") boolean verifySsl,
      @Argument.Default("false") boolean useEtag)
      throws IOException {
    String env = SaltUrl.saltenv(path, files.saltenv(saltenv));
    WebFiles.Check check = new WebFiles.Check(sourceHash, verifySsl, useEtag);
    Optional<String> place = client.fetchUrl(path, "", true, env, check);
    if (place.isEmpty()) {
      LOG.error("there is no file '{}' in saltenv '{}' to cache", withoutUser(path), env);
    }
    return orFalse(place);
  }

  /**
   * Puts several files, as a list or divided by commas, into the minion's cache.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_files salt://pathto/file1,salt://pathto/file1
   * </pre>
   */
  @Exposed
  public List<Object> cacheFiles(Object paths, @Argument.Default("null") String saltenv)
      throws IOException {
    List<?> all =
        paths instanceof List<?> list ? list : Arrays.asList(PythonText.str(paths).split(",", -1));
    List<Object> places = new ArrayList<>();
    for (Object path : all) {
      places.add(orFalse(client.cacheFile(PythonText.str(path), files.saltenv(saltenv))));
    }
    return places;
  }

  /**
   * Puts the files of a directory into the minion's cache. The patterns are globs, or regular
   * expressions after {@code E@}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_dir salt://path/to/dir include_pat='E@*.py$'
   * </pre>
   */
  @Exposed
  public List<String> cacheDir(
      String path,
      @Argument.Default("null") String saltenv,
      @Argument.Default("false") boolean includeEmpty,
      @Argument.Default("null") Object includePat,
      @Argument.Default("null") Object excludePat)
      throws IOException {
    Predicate<String> wanted = new PathChoice(includePat, excludePat);
    return client.cacheDirectory(path, files.saltenv(saltenv), includeEmpty, wanted);
  }

  /**
   * Puts all files of the master into the minion's cache.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_master
   * </pre>
   */
  @Exposed
  public List<Object> cacheMaster(@Argument.Default("null") String saltenv) throws IOException {
    List<Object> urls = new ArrayList<>();
    listMaster(saltenv, "").forEach(path -> urls.add(SaltUrl.of(path)));
    return cacheFiles(urls, saltenv);
  }

  /**
   * Copies a local file into the minion's cache and returns its place there; nothing when there is
   * no such file.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_local_file /etc/hosts
   * </pre>
   */
  @Exposed
  public String cacheLocalFile(String path) throws IOException {
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      return "";
    }
    Path copy = client.cache().local(path);
    if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy.toString();
  }

  /**
   * Returns where a URL is or would be cached.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_dest salt://path/to/file
   * </pre>
   */
  @Exposed
  public String cacheDest(String url, @Argument.Default("null") String saltenv) {
    return client.cache().destination(url, files.saltenv(saltenv));
  }

  /**
   * Returns where a file is cached; nothing when it is not.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.is_cached salt://path/to/file
   * </pre>
   */
  @Exposed
  public String isCached(String path, @Argument.Default("null") String saltenv) {
    return client.cache().find(path, files.saltenv(saltenv)).orElse("");
  }

  /**
   * Returns the hash of a file of the master or the minion, with its type.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.hash_file salt://path/to/file
   * </pre>
   */
  @Exposed
  public Object hashFile(String path, @Argument.Default("null") String saltenv) throws IOException {
    return client.hash(path, files.saltenv(saltenv));
  }

  /**
   * Returns the mode of a file of the master or the minion: in octal, or as a number.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.stat_file salt://path/to/file
   * </pre>
   */
  @Exposed
  public Object statFile(
      String path,
      @Argument.Default("null") String saltenv,
      @Argument.Default("true") boolean octal)
      throws IOException {
    Optional<Long> mode = client.mode(path, files.saltenv(saltenv));
    if (mode.isEmpty()) {
      return null;
    }
    return octal ? "%04o".formatted(mode.get() & 07777) : mode.get();
  }

  /**
   * Lists the master's files of an environment.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.list_master prefix=dir
   * </pre>
   */
  @Exposed
  public List<String> listMaster(
      @Argument.Default("null") String saltenv, @Argument.Default("''") String prefix) {
    return client.list("_file_list", files.saltenv(saltenv), prefix);
  }

  /**
   * Lists the master's directories of an environment.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.list_master_dirs
   * </pre>
   */
  @Exposed
  public List<String> listMasterDirs(
      @Argument.Default("null") String saltenv, @Argument.Default("''") String prefix) {
    return client.list("_dir_list", files.saltenv(saltenv), prefix);
  }

  /**
   * Lists the master's symbolic links of an environment with what they point to.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.list_master_symlinks
   * </pre>
   */
  @Exposed
  public Map<?, ?> listMasterSymlinks(
      @Argument.Default("null") String saltenv, @Argument.Default("''") String prefix) {
    return client.links(files.saltenv(saltenv), prefix);
  }

  /**
   * Lists the minion's cached files of an environment, and its copies of local files.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.list_minion
   * </pre>
   */
  @Exposed
  public List<String> listMinion(@Argument.Default("null") String saltenv) throws IOException {
    return client.cache().list(files.saltenv(saltenv));
  }

  /**
   * Lists the names of the state files of an environment.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.list_states
   * </pre>
   */
  @Exposed
  public List<String> listStates(@Argument.Default("null") String saltenv) {
    TreeSet<String> states = new TreeSet<>();
    for (String path : listMaster(saltenv, "")) {
      if (path.endsWith(".sls")) {
        String end = path.endsWith("/init.sls") ? "/init.sls" : ".sls";
        states.add(path.substring(0, path.length() - end.length()).replace('/', '.'));
      }
    }
    return List.copyOf(states);
  }

  /**
   * Lists the environments.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.envs
   * </pre>
   */
  @Exposed
  public List<String> envs() {
    return client.environments();
  }

  /**
   * Copies a file of the minion to the master, which keeps it below the minion's cache if its
   * {@code file_recv} is on. {@code upload_path} is another name for it there.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.push /etc/fstab remove_source=False
   * </pre>
   */
  @Exposed
  public Object push(
      String path,
      @Argument.Default("false") boolean keepSymlinks,
      @Argument.Default("null") String uploadPath,
      @Argument.Default("false") boolean removeSource)
      throws IOException {
    return push.file(path, keepSymlinks, uploadPath, removeSource);
  }

  /**
   * Copies the files of a directory of the minion to the master; {@code glob} chooses by name.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.push_dir /etc/modprobe.d/ glob='*.conf' upload_path='/path/to/store'
   * </pre>
   */
  @Exposed
  public Object pushDir(
      String path,
      @Argument.Default("null") String glob,
      @Argument.Default("null") String uploadPath)
      throws IOException {
    return push.directory(path, glob, uploadPath);
  }

  /**
   * Writes files whose content is given, a map from path to text: what {@code salt-cp} calls.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt-cp '*' /local/file /minion/dest
   * </pre>
   */
  @Exposed
  public Object recv(Map<Object, Object> files, String dest) {
    return FileReceipt.whole(files, dest);
  }

  /**
   * Writes a piece of a file, in base64 and unless told otherwise compressed: what {@code salt-cp
   * --chunked} calls. Without a piece a directory is made.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt-cp --chunked '*' /local/file /minion/dest
   * </pre>
   */
  @Exposed
  public Object recvChunked(
      String dest,
      Object chunk,
      @Argument.Default("false") boolean append,
      @Argument.Default("true") boolean compressed,
      @Argument.Default("null") Long mode,
      Call call) {
    return FileReceipt.piece(dest, chunk, append, compressed, mode, call);
  }

  private static Object orFalse(Optional<String> place) {
    return place.isPresent() ? place.get() : (Object) false;
  }

  private static String withoutUser(String url) {
    return url.replaceFirst("^(https?)://.*@", "$1://<redacted>@");
  }
}

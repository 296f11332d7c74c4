package salt.minion.module;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.minion.file.WebFiles;

/** Copies files from the master and other servers to the minion, and from it to the master. */
@ExecutionModule("cp")
public final class CpModule {
  private final FetchedFiles files;
  private final FilePush push;

  /** The module of one minion. */
  public CpModule(MinionContext context) {
    this.files = new FetchedFiles(context);
    this.push = new FilePush(context);
  }

  /**
   * Copies a file from the master to {@code dest} and returns its place; nothing when there is no
   * such file. {@code gzip} is the level to compress it with on its way.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_file salt://ssh/sshd_config /etc/ssh/sshd_config gzip=9
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
    CommandGuard.checkTemplate(template, path + "\n" + dest);
    return files.copy(path, dest, saltenv, makedirs, gzip);
  }

  /**
   * Returns the content of a file of the master; false when there is no such file.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_file_str salt://motd/banner.txt
   * </pre>
   */
  @Exposed
  public Object getFileStr(String path, @Argument.Default("null") String saltenv)
      throws IOException {
    return files.text(path, saltenv);
  }

  /**
   * Fetches what a URL names, puts it at {@code dest} and returns its place. With {@code dest} None
   * the content is returned; without it the file goes into the cache. The schemes are salt, http,
   * https, ftp and file.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_url salt://motd/banner.txt /etc/motd
   * salt '*' cp.get_url https://mirror.example.net/app.tar.gz /srv/app.tar.gz makedirs=True
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
    return dest == null
        ? files.textOfUrl(path, saltenv)
        : files.copyUrl(path, dest, saltenv, makedirs, sourceHash);
  }

  /**
   * Copies a directory from the master below {@code dest} and returns the places of its files.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.get_dir salt://nginx/conf.d/ /etc/nginx gzip=9
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
    CommandGuard.checkTemplate(template, path + "\n" + dest);
    return files.copyDirectory(path, dest, saltenv, gzip);
  }

  /**
   * Puts a file into the minion's cache and returns its place; false when there is no such file.
   * {@code source_hash} spares fetching again what is already there, {@code verify_ssl} and {@code
   * use_etag} are for web servers.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_file salt://ssh/sshd_config
   * salt '*' cp.cache_file 'salt://ssh/sshd_config?saltenv=dev'
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
    return files.cache(path, saltenv, new WebFiles.Check(sourceHash, verifySsl, useEtag));
  }

  /**
   * Puts several files, as a list or divided by commas, into the minion's cache.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_files salt://ssh/sshd_config,salt://motd/banner.txt
   * </pre>
   */
  @Exposed
  public List<Object> cacheFiles(Object paths, @Argument.Default("null") String saltenv)
      throws IOException {
    return files.cacheAll(paths, saltenv);
  }

  /**
   * Puts the files of a directory into the minion's cache. The patterns are globs, or regular
   * expressions after {@code E@}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_dir salt://nginx/conf.d include_pat='*.conf'
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
    return files.cacheDirectory(
        path, saltenv, includeEmpty, new PathChoice(includePat, excludePat));
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
    return files.cacheMaster(saltenv);
  }

  /**
   * Copies a local file into the minion's cache and returns its place there; nothing when there is
   * no such file.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_local_file /etc/ssh/sshd_config
   * </pre>
   */
  @Exposed
  public String cacheLocalFile(String path) throws IOException {
    return files.cacheLocal(path);
  }

  /**
   * Returns where a URL is or would be cached.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.cache_dest salt://ssh/sshd_config
   * </pre>
   */
  @Exposed
  public String cacheDest(String url, @Argument.Default("null") String saltenv) {
    return files.destination(url, saltenv);
  }

  /**
   * Returns where a file is cached; nothing when it is not.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.is_cached salt://ssh/sshd_config
   * </pre>
   */
  @Exposed
  public String isCached(String path, @Argument.Default("null") String saltenv) {
    return files.cached(path, saltenv);
  }

  /**
   * Returns the hash of a file of the master or the minion, with its type.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.hash_file salt://ssh/sshd_config
   * </pre>
   */
  @Exposed
  public Object hashFile(String path, @Argument.Default("null") String saltenv) throws IOException {
    return files.hash(path, saltenv);
  }

  /**
   * Returns the mode of a file of the master or the minion: in octal, or as a number.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.stat_file salt://ssh/sshd_config octal=False
   * </pre>
   */
  @Exposed
  public Object statFile(
      String path,
      @Argument.Default("null") String saltenv,
      @Argument.Default("true") boolean octal)
      throws IOException {
    Long mode = files.mode(path, saltenv);
    return octal && mode != null ? "%04o".formatted(mode & 07777) : mode;
  }

  /**
   * Lists the master's files of an environment.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.list_master saltenv=dev prefix=nginx
   * </pre>
   */
  @Exposed
  public List<String> listMaster(
      @Argument.Default("null") String saltenv, @Argument.Default("''") String prefix) {
    return files.list("_file_list", saltenv, prefix);
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
    return files.list("_dir_list", saltenv, prefix);
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
    return files.links(saltenv, prefix);
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
    return files.listCached(saltenv);
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
    return files.states(saltenv);
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
    return files.environments();
  }

  /**
   * Copies a file of the minion to the master, which keeps it below the minion's cache if its
   * {@code file_recv} is on. {@code upload_path} is another name for it there.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' cp.push /var/log/app.log upload_path=logs/app.log
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
   * salt '*' cp.push_dir /etc/nginx glob='*.conf' upload_path=nginx
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
   * salt-cp 'web*' ./index.html /srv/www/
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
   * salt-cp --chunked 'web*' ./site.tar.gz /srv/www/
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
}

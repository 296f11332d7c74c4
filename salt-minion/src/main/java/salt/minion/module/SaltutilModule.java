package salt.minion.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;
import salt.common.transport.TransportException;

/** Looks after the minion itself: its caches, grains, pillar and keys. */
@ExecutionModule("saltutil")
public final class SaltutilModule {
  private static final Logger LOG = LoggerFactory.getLogger(SaltutilModule.class);

  private final MinionContext context;

  /** The module of one minion. */
  public SaltutilModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Collects the grains anew, and fetches the pillar anew unless {@code refresh_pillar=False}.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_grains
   * </pre>
   */
  @Exposed
  public boolean refreshGrains(@Argument.Keywords Map<String, Object> kwargs) throws IOException {
    Map<String, Object> rest = new LinkedHashMap<>(kwargs);
    rest.keySet().removeIf(name -> name.startsWith("__"));
    Object pillar = rest.containsKey("refresh_pillar") ? rest.remove("refresh_pillar") : true;
    rest.remove("clean_pillar_cache");
    if (!rest.isEmpty()) {
      List<String> wrong = new ArrayList<>();
      rest.forEach((name, value) -> wrong.add(name + "=" + PythonText.str(value)));
      throw new CallException(
          CallException.Kind.INVOCATION,
          "The following keyword arguments are not valid: " + String.join(", ", wrong));
    }
    Files.deleteIfExists(context.options().path("cachedir").resolve("grains.cache.p"));
    context.refresh().grains();
    if (PythonText.truth(pillar)) {
      context.refresh().pillar();
    }
    return true;
  }

  /**
   * Has the minion fetch the pillar anew; false when none runs on this machine. With {@code wait}
   * it is there when this returns.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_pillar
   * </pre>
   */
  @Exposed(aliases = "pillar_refresh")
  public boolean refreshPillar(
      @Argument.Default("false") boolean wait,
      @Argument.Default("30") double timeout,
      @Argument.Default("true") boolean cleanCache) {
    boolean told = context.fire("pillar_refresh", Map.of("clean_cache", cleanCache));
    return wait ? context.refresh().pillar() && told : told;
  }

  /**
   * Tells the minion to load its modules anew, for those who listen: they never change while it
   * runs. False when none runs on this machine.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_modules
   * </pre>
   */
  @Exposed
  public boolean refreshModules(@Argument.Keywords Map<String, Object> kwargs) {
    Object async = kwargs.getOrDefault("async", true);
    return context.fire(
        "module_refresh", PythonText.truth(async) ? Map.of() : Map.of("notify", true));
  }

  /**
   * Tells the minion to load its beacons anew, for those who listen: it has none. False when none
   * runs on this machine.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_beacons
   * </pre>
   */
  @Exposed
  public boolean refreshBeacons() {
    return context.fire("beacons_refresh", Map.of());
  }

  /**
   * Tells the minion to load its matchers anew, for those who listen: they never change while it
   * runs. False when none runs on this machine.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.refresh_matchers
   * </pre>
   */
  @Exposed
  public boolean refreshMatchers() {
    return context.fire("matchers_refresh", Map.of());
  }

  /**
   * Returns the names of the extensions that were brought from a master before, by kind.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.list_extmods
   * </pre>
   */
  @Exposed
  public Map<String, Object> listExtmods() throws IOException {
    Path root = context.options().path("cachedir").resolve("extmods");
    Map<String, Object> kinds = new LinkedHashMap<>();
    if (!Files.isDirectory(root)) {
      return kinds;
    }
    try (Stream<Path> directories = Files.list(root)) {
      for (Path kind : directories.sorted().toList()) {
        kinds.put(kind.getFileName().toString(), names(kind));
      }
    }
    return kinds;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return List.copyOf(
          new TreeSet<>(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString().split("[.]", 2)[0])
                  .toList()));
    }
  }

  /**
   * Removes all files of the minion's cache.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.clear_cache
   * </pre>
   */
  @Exposed
  public boolean clearCache() {
    try (Stream<Path> all = Files.walk(context.options().path("cachedir"))) {
      for (Path file : all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        Files.delete(file);
      }
      return true;
    } catch (IOException e) {
      LOG.error("the cache could not be cleared: {}", e.toString());
      return false;
    }
  }

  /**
   * Removes the minion's keys and what it knows of its master's. It makes new ones when it signs in
   * next, which the master must then accept.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.regen_keys
   * </pre>
   */
  @Exposed
  public void regenKeys() throws IOException {
    try (Stream<Path> keys = Files.list(context.options().path("pki_dir"))) {
      for (Path key : keys.filter(Files::isRegularFile).toList()) {
        Files.delete(key);
      }
    }
  }

  /**
   * Asks the master to remove the minion's key, so that it can sign in no more; false when the
   * master does not answer.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.revoke_auth
   * </pre>
   */
  @Exposed
  public boolean revokeAuth(@Argument.Default("false") boolean preserveMinionCache) {
    MinionContext.MasterLink master =
        context
            .master()
            .orElseThrow(
                () -> new CallException(CallException.Kind.EXECUTION, "There is no master to ask"));
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "revoke_auth");
    load.put("preserve_minion_cache", preserveMinionCache);
    try {
      master.request(load);
      return true;
    } catch (TransportException e) {
      LOG.error("the master did not answer: {}", e.getMessage());
      return false;
    }
  }

  /**
   * Calls a function, as an environment's pillar may want it.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.mmodule base test.ping
   * </pre>
   */
  @Exposed
  public Object mmodule(
      String saltenv,
      String fun,
      @Argument.Positional List<Object> args,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    if (!context.options().map("file_roots").containsKey(saltenv)) {
      throw new PythonError("KeyError", PythonText.repr(saltenv));
    }
    return context.functions().call(fun, args, kwargs, call);
  }

  /**
   * Says that this minion does not replace itself by another version: packages do.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.update
   * </pre>
   */
  @Exposed
  public Map<String, Object> update(@Argument.Default("null") String version) {
    return Map.of("_error", "Esky not available as import");
  }
}

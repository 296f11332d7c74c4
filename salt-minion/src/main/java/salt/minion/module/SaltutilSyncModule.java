package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.CallException;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.minion.file.FileClient;

/**
 * The functions of {@code saltutil} that would bring extensions from the master. Extensions are
 * Python, which can't run here: when the file server offers some, one line of the log says so.
 */
@ExecutionModule("saltutil")
public final class SaltutilSyncModule {
  private static final Logger LOG = LoggerFactory.getLogger(SaltutilSyncModule.class);
  private static final List<String> KINDS =
      List.of(
          "clouds",
          "beacons",
          "modules",
          "states",
          "sdb",
          "grains",
          "renderers",
          "returners",
          "output",
          "utils",
          "log_handlers",
          "executors",
          "proxymodules",
          "engines",
          "thorium",
          "serializers",
          "matchers");

  private final MinionContext context;
  private final FileClient files;

  /** The functions of one minion. */
  public SaltutilSyncModule(MinionContext context) {
    this.context = context;
    this.files = FetchedFiles.client(context);
  }

  /**
   * Looks for beacons on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_beacons
   * </pre>
   */
  @Exposed
  public List<String> syncBeacons(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("beacons", saltenv);
  }

  /**
   * Looks for execution modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_modules
   * </pre>
   */
  @Exposed
  public List<String> syncModules(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("modules", saltenv);
  }

  /**
   * Looks for state modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_states
   * </pre>
   */
  @Exposed
  public List<String> syncStates(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("states", saltenv);
  }

  /**
   * Looks for renderers on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_renderers
   * </pre>
   */
  @Exposed
  public List<String> syncRenderers(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("renderers", saltenv);
  }

  /**
   * Looks for returners on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_returners
   * </pre>
   */
  @Exposed
  public List<String> syncReturners(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("returners", saltenv);
  }

  /**
   * Looks for proxy modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_proxymodules
   * </pre>
   */
  @Exposed
  public List<String> syncProxymodules(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("false") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("proxymodules", saltenv);
  }

  /**
   * Looks for matchers on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_matchers
   * </pre>
   */
  @Exposed
  public List<String> syncMatchers(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("false") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("matchers", saltenv);
  }

  /**
   * Looks for engines on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_engines
   * </pre>
   */
  @Exposed
  public List<String> syncEngines(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("false") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("engines", saltenv);
  }

  /**
   * Looks for thorium modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_thorium
   * </pre>
   */
  @Exposed
  public List<String> syncThorium(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("false") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("thorium", saltenv);
  }

  /**
   * Looks for outputters on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_output
   * </pre>
   */
  @Exposed(aliases = "sync_outputters")
  public List<String> syncOutput(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("output", saltenv);
  }

  /**
   * Looks for cloud modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_clouds
   * </pre>
   */
  @Exposed
  public List<String> syncClouds(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("clouds", saltenv);
  }

  /**
   * Looks for utility modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_utils
   * </pre>
   */
  @Exposed
  public List<String> syncUtils(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("utils", saltenv);
  }

  /**
   * Looks for serializers on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_serializers
   * </pre>
   */
  @Exposed
  public List<String> syncSerializers(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("serializers", saltenv);
  }

  /**
   * Looks for log handlers on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_log_handlers
   * </pre>
   */
  @Exposed
  public List<String> syncLogHandlers(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("log_handlers", saltenv);
  }

  /**
   * Looks for executors on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_executors
   * </pre>
   */
  @Exposed
  public List<String> syncExecutors(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("executors", saltenv);
  }

  /**
   * Looks for sdb modules on the file server; none can be used here.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_sdb
   * </pre>
   */
  @Exposed
  public List<String> syncSdb(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist) {
    return none("sdb", saltenv);
  }

  /**
   * Looks for grains modules on the file server, of which none can be used here, and fetches the
   * pillar anew.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_grains
   * </pre>
   */
  @Exposed
  public List<String> syncGrains(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist,
      @Argument.Default("false") boolean cleanPillarCache) {
    List<String> none = none("grains", saltenv);
    refreshIf(refresh);
    return none;
  }

  /**
   * Looks for pillar modules on the file server; none can be used here. Only for minions without a
   * master.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_pillar
   * </pre>
   */
  @Exposed
  public List<String> syncPillar(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist,
      @Argument.Default("false") boolean cleanPillarCache) {
    if (!"local".equals(context.options().text("file_client"))) {
      throw new CallException(
          CallException.Kind.EXECUTION, "Pillar modules can only be synced to masterless minions");
    }
    List<String> none = none("pillar", saltenv);
    refreshIf(refresh);
    return none;
  }

  /**
   * Looks for extensions of all kinds on the file server, of which none can be used here, and
   * fetches the pillar anew.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' saltutil.sync_all
   * </pre>
   */
  @Exposed
  public Map<String, Object> syncAll(
      @Argument.Default("null") Object saltenv,
      @Argument.Default("true") boolean refresh,
      @Argument.Default("null") Object extmodWhitelist,
      @Argument.Default("null") Object extmodBlacklist,
      @Argument.Default("false") boolean cleanPillarCache) {
    Map<String, Object> all = new LinkedHashMap<>();
    KINDS.forEach(kind -> all.put(kind, none(kind, saltenv)));
    if ("local".equals(context.options().text("file_client"))) {
      all.put("pillar", none("pillar", saltenv));
    }
    refreshIf(refresh);
    return all;
  }

  private void refreshIf(boolean wanted) {
    if (wanted) {
      context.refresh().pillar();
    }
  }

  private List<String> none(String kind, Object saltenv) {
    String directory = "_" + (kind.equals("proxymodules") ? "proxy" : kind) + "/";
    for (String env : environments(saltenv)) {
      long offered =
          files.list("_file_list", env, directory).stream()
              .filter(file -> file.startsWith(directory) && file.endsWith(".py"))
              .count();
      if (offered > 0) {
        LOG.warn(
            "{} Python files below salt://{} of saltenv {} are left out: this minion runs no"
                + " Python",
            offered,
            directory,
            env);
      }
    }
    return List.of();
  }

  private static List<String> environments(Object saltenv) {
    if (saltenv instanceof List<?> list) {
      return list.stream().map(PythonText::str).toList();
    }
    return saltenv == null ? List.of("base") : List.of(PythonText.str(saltenv).split(",", -1));
  }
}

package salt.master.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import salt.common.daemon.Release;
import salt.common.loader.Argument.Default;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;
import salt.common.payload.PythonText;

/** Shows which minions are up, and of which version. */
@Runner("manage")
final class ManageRunner {
  private static final String OFFLINE = "Minion offline";

  private final RunnerContext context;

  ManageRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Pings minions and lists those that are up and those that are down.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run manage.status
   * salt-run manage.status tgt="webservers" tgt_type="nodegroup"
   * salt-run manage.status timeout=5 gather_job_timeout=10
   * }</pre>
   *
   * @param output not used, as in Salt
   * @param tgt the target
   * @param tgtType what the target means
   * @param timeout seconds until minions that have not answered are asked again
   * @param gatherJobTimeout seconds that they then get
   */
  @Exposed
  Map<String, Object> status(
      @Default("true") Object output,
      @Default("'*'") Object tgt,
      @Default("glob") String tgtType,
      @Default("null") Object timeout,
      @Default("null") Object gatherJobTimeout) {
    MinionClient.Gathered answers =
        context
            .minions()
            .run(
                new MinionClient.Order(
                    tgt,
                    tgtType,
                    "test.ping",
                    List.of(),
                    context.seconds(timeout, "timeout"),
                    context.seconds(gatherJobTimeout, "gather_job_timeout")));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("up", answers.returns().keySet().stream().sorted().toList());
    status.put(
        "down",
        answers.minions().stream()
            .filter(id -> !answers.returns().containsKey(id))
            .sorted()
            .toList());
    return status;
  }

  /**
   * Pings minions and lists those that are down.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run manage.down
   * salt-run manage.down removekeys=True
   * salt-run manage.down tgt="webservers" tgt_type="nodegroup"
   * }</pre>
   *
   * @param removekeys whether to delete their keys
   * @param tgt the target
   * @param tgtType what the target means
   * @param timeout seconds until minions that have not answered are asked again
   * @param gatherJobTimeout seconds that they then get
   */
  @Exposed
  Object down(
      @Default("false") boolean removekeys,
      @Default("'*'") Object tgt,
      @Default("glob") String tgtType,
      @Default("null") Object timeout,
      @Default("null") Object gatherJobTimeout) {
    List<?> down = (List<?>) status(false, tgt, tgtType, timeout, gatherJobTimeout).get("down");
    if (removekeys) {
      down.forEach(id -> context.keys().delete(context.keys().match(String.valueOf(id))));
    }
    return down;
  }

  /**
   * Pings minions and lists those that are up.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run manage.up
   * salt-run manage.up tgt="webservers" tgt_type="nodegroup"
   * salt-run manage.up timeout=5 gather_job_timeout=10
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   * @param timeout seconds until minions that have not answered are asked again
   * @param gatherJobTimeout seconds that they then get
   */
  @Exposed
  Object up(
      @Default("'*'") Object tgt,
      @Default("glob") String tgtType,
      @Default("null") Object timeout,
      @Default("null") Object gatherJobTimeout) {
    return status(false, tgt, tgtType, timeout, gatherJobTimeout).get("up");
  }

  /**
   * Lists the minions that are connected, without asking them: those whose addresses, by the cached
   * grains, are connected to the publish port.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run manage.present
   * }</pre>
   *
   * @param subset a list of ids, if not all are of interest
   * @param showIp whether to show from which address each is connected
   */
  @Exposed(aliases = {"list_state", "joined", "allowed", "alived", "reaped"})
  Object present(@Default("null") List<Object> subset, @Default("false") boolean showIp) {
    Map<String, String> connected = new LinkedHashMap<>(context.connected().find());
    if (subset != null && !subset.isEmpty()) {
      connected.keySet().retainAll(subset);
    }
    return showIp ? connected : new ArrayList<>(connected.keySet());
  }

  /**
   * Lists the accepted minions that are not connected, without asking them.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run manage.not_present
   * }</pre>
   *
   * @param subset a list of ids, if not all are of interest
   * @param showIp not used, as in Salt
   */
  @Exposed(aliases = {"list_not_state", "not_joined", "not_allowed", "not_alived", "not_reaped"})
  List<String> notPresent(@Default("null") List<Object> subset, @Default("false") boolean showIp) {
    Map<String, String> connected = context.connected().find();
    return context.keys().list().get("minions").stream()
        .filter(id -> !connected.containsKey(id))
        .filter(id -> subset == null || subset.contains(id))
        .toList();
  }

  /**
   * Compares the versions of minions with that of the master.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run manage.versions
   * }</pre>
   */
  @Exposed
  Map<String, Object> versions() {
    Map<String, Object> versions = new LinkedHashMap<>();
    MinionClient.Gathered answers;
    try {
      answers = askVersions();
    } catch (MinionClient.MinionClientException e) {
      context.out().accept(e.getMessage());
      return versions;
    }
    Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
    for (String id : answers.minions()) {
      Map<String, Object> result = answers.returns().get(id);
      boolean failed = result == null || PythonText.truth(result.get("retcode"));
      String version = failed ? "" : PythonText.str(result.get("return"));
      groups
          .computeIfAbsent(failed ? OFFLINE : label(version), name -> new TreeMap<>())
          .put(id, failed ? false : version);
    }
    versions.putAll(groups);
    versions.put("Master", Release.SALT);
    return versions;
  }

  private MinionClient.Gathered askVersions() {
    return context
        .minions()
        .run(
            new MinionClient.Order(
                "*",
                "glob",
                "test.version",
                List.of(),
                context.options().integer("timeout"),
                context.options().integer("gather_job_timeout")));
  }

  private static String label(String version) {
    int difference = new SaltVersion(version).compareTo(new SaltVersion(Release.SALT));
    if (difference == 0) {
      return "Up to date";
    }
    return difference < 0 ? "Minion requires update" : "Minion newer than master";
  }
}

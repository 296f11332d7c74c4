package salt.minion.module;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument.Default;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.payload.PythonText;

/** Tells several things of the machine at once, who works at it, and how masters are reached. */
@ExecutionModule("status")
final class StatusOverviewModule {
  private static final Logger LOG = LoggerFactory.getLogger(StatusOverviewModule.class);
  private static final List<String> ALL =
      List.of(
          "cpuinfo",
          "cpustats",
          "diskstats",
          "diskusage",
          "loadavg",
          "meminfo",
          "netdev",
          "netstats",
          "uptime",
          "vmstats",
          "w");
  private static final String PREFIX = "status.";

  private final MinionContext context;

  StatusOverviewModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Returns what the other functions tell of processors, disks, load, memory, network, time and
   * users, by their names.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.all_status
   * }</pre>
   */
  @Exposed
  Map<String, Object> allStatus(Call call) {
    Map<String, Object> all = new LinkedHashMap<>();
    ALL.forEach(name -> all.put(name, ask(PREFIX + name, call)));
    return all;
  }

  private Object ask(String function, Call call) {
    return context.functions().call(function, List.of(), Map.of(), call);
  }

  /**
   * Returns some of what the other functions tell, as the minion's options choose: {@code
   * status.loadavg.custom: ['1-min']} stands for that item of {@code status.loadavg}.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.custom
   * }</pre>
   */
  @Exposed
  Map<String, Object> custom(Call call) {
    Map<String, Object> chosen = new LinkedHashMap<>();
    Object options = context.functions().call("config.dot_vals", List.of("status"), Map.of(), call);
    ((Map<?, ?>) options)
        .forEach(
            (option, items) -> {
              String name = PythonText.str(option);
              String function = name.substring(0, name.lastIndexOf('.'));
              if (function.startsWith(PREFIX) && context.functions().find(function).isPresent()) {
                choose(function, items, ask(function, call), chosen);
              }
            });
    return chosen;
  }

  private static void choose(
      String function, Object items, Object told, Map<String, Object> chosen) {
    List<?> names = items instanceof List<?> list ? list : List.of(PythonText.str(items).split(""));
    for (Object item : names) {
      if (!(told instanceof Map<?, ?> map)) {
        throw new PythonError(
            "TypeError", "'" + PythonType.of(told) + "' object has no items to choose from");
      }
      if (!map.containsKey(item)) {
        LOG.warn("{} tells nothing of {}", function, item);
      }
      chosen.put(PythonText.str(item), map.containsKey(item) ? map.get(item) : "UNKNOWN");
    }
  }

  /**
   * Returns who is logged in and what they do.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.w
   * }</pre>
   */
  @Exposed
  List<Map<String, Object>> w(Call call) {
    Object printed = context.functions().call("cmd.run", List.of("w -fh"), Map.of(), call);
    List<Map<String, Object>> users = new ArrayList<>();
    for (String line : PythonText.str(printed).lines().toList()) {
      String[] words = line.strip().split("\\s+", 7);
      if (words.length >= 6) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("idle", words[3]);
        user.put("jcpu", words[4]);
        user.put("login", words[2]);
        user.put("pcpu", words[5]);
        user.put("tty", words[1]);
        user.put("user", words[0]);
        user.put("what", words.length > 6 ? words[6].replaceAll("\\s+", " ") : "");
        users.add(user);
      }
    }
    return users;
  }

  /**
   * Says whether this machine is connected to a master's publish port; nothing when no master is
   * named, or its name is not known.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.master master.example.com
   * }</pre>
   *
   * @param master the master's name or address
   * @param connected has no effect: this minion looks after its connection itself
   */
  @Exposed
  Boolean master(@Default("null") String master, @Default("true") boolean connected)
      throws IOException {
    if (master == null) {
      return null;
    }
    int port = context.options().integer("publish_port");
    Connections connections = new Connections(new KernelFiles(Path.of("/proc")));
    try {
      for (InetAddress address : InetAddress.getAllByName(master)) {
        if (connections.isConnected(address, port)) {
          return true;
        }
      }
    } catch (UnknownHostException e) {
      LOG.debug("the name of the master {} is not known", master);
      return null;
    }
    return false;
  }

  /**
   * Says whether a master answers requests.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.ping_master master.example.com
   * }</pre>
   *
   * @param master the master's name or address
   */
  @Exposed
  boolean pingMaster(String master) {
    return !master.isEmpty() && MasterPing.answers(master, context.options());
  }

  /**
   * Returns false: this is no proxy minion, so that there is no device to connect to anew.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.proxy_reconnect rest_sample
   * }</pre>
   *
   * @param proxyName the name of the proxy module
   * @param opts not used
   */
  @Exposed
  boolean proxyReconnect(String proxyName, @Default("null") Object opts) {
    return false;
  }
}

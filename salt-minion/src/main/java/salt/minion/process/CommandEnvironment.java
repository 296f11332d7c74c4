package salt.minion.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Call;
import salt.common.payload.PythonText;

/** Puts together the environment that a command gets. */
final class CommandEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(CommandEnvironment.class);

  /** Salt reads what programs print, and reads English only. */
  private static final List<String> LOCALE =
      List.of(
          "LC_CTYPE",
          "LC_NUMERIC",
          "LC_TIME",
          "LC_COLLATE",
          "LC_MONETARY",
          "LC_MESSAGES",
          "LC_PAPER",
          "LC_NAME",
          "LC_ADDRESS",
          "LC_TELEPHONE",
          "LC_MEASUREMENT",
          "LC_IDENTIFICATION",
          "LANGUAGE");

  /** systemd's readiness socket: it is the minion's, not the command's. */
  private static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";

  private final Accounts accounts;
  private final LoginEnvironment logins;

  CommandEnvironment(Accounts accounts, LoginEnvironment logins) {
    this.accounts = accounts;
    this.logins = logins;
  }

  Map<String, String> of(ShellCommand command, Call call) {
    Map<String, String> wanted = read(command.env);
    boolean ownSocket = wanted.containsKey(NOTIFY_SOCKET);
    if (command.runas != null || command.group != null) {
      wanted = login(command, wanted, call);
    }
    if (command.resetLocale) {
      for (String name : LOCALE) {
        wanted.putIfAbsent(name, "C");
      }
    }
    Map<String, String> all = new LinkedHashMap<>(command.cleanEnv ? Map.of() : System.getenv());
    all.putAll(wanted);
    if (command.prependPath != null && !command.prependPath.isEmpty()) {
      all.merge("PATH", command.prependPath, (path, first) -> first + ":" + path);
    }
    if (!ownSocket) {
      all.remove(NOTIFY_SOCKET);
    }
    return all;
  }

  private Map<String, String> login(ShellCommand command, Map<String, String> wanted, Call call) {
    Map<String, String> all =
        new LinkedHashMap<>(logins.read(command.runas, command.group, command.shell, call));
    all.putAll(wanted);
    if (command.runas != null) {
      all.put("USER", command.runas);
      all.put("HOME", accounts.home(command.runas));
    }
    return all;
  }

  private static Map<String, String> read(Object env) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries(env).entrySet()) {
      String name = PythonText.str(entry.getKey());
      if (entry.getValue() == null) {
        LOG.error("environment variable '{}' has no value: it is set to nothing", name);
      }
      read.put(name, entry.getValue() == null ? "" : PythonText.str(entry.getValue()));
    }
    return read;
  }

  private static Map<?, ?> entries(Object env) {
    if (env instanceof Map<?, ?> map) {
      return map;
    } else if (!(env instanceof List<?>)) {
      return Map.of();
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    for (Object item : (List<?>) env) {
      if (item instanceof Map<?, ?> one && one.size() == 1) {
        all.putAll(one);
      } else if (item instanceof String || item instanceof Number) {
        all.put(item, null);
      } else {
        LOG.error(
            "env is left out: each item of its list must hold one name and value, not {}",
            PythonText.repr(item));
        return Map.of();
      }
    }
    return all;
  }
}

package salt.master.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import salt.common.config.Options;

/**
 * Who may publish, start runners and call wheels from this host: {@code publisher_acl}, {@code
 * publisher_acl_blacklist}, {@code sudo_acl}, and the local keys.
 */
public final class PublisherAccess {
  private static final String SUDO = "sudo_";

  private final Options options;
  private final LocalKeys keys;
  private final String running;
  private final Function<String, Set<String>> targets;

  /**
   * Checks by {@code options}.
   *
   * @param running the user this process runs as
   * @param targets the accepted minions that a target of an access list names
   */
  public PublisherAccess(
      Options options, LocalKeys keys, String running, Function<String, Set<String>> targets) {
    this.options = options;
    this.keys = keys;
    this.running = running;
    this.targets = targets;
  }

  /**
   * What somebody wants to publish.
   *
   * @param user as sent; {@code sudo_<login>} for root through sudo
   * @param key as sent
   * @param functions the functions' full names
   * @param arguments the arguments of each function
   * @param minions the ids that the target names
   */
  public record Intent(
      String user,
      String key,
      List<String> functions,
      List<List<Object>> arguments,
      Collection<String> minions) {}

  /** Whether this may be published. */
  public Verdict check(Intent intent) {
    if (isBlacklisted(intent)) {
      return Verdict.notAuthorized("publisher_acl_blacklist forbids " + intent.functions);
    }
    Caller caller = authenticate(intent.user, intent.key);
    if (caller.full) {
      return Verdict.ALLOWED;
    }
    if (caller.name == null) {
      return Verdict.notAuthenticated("user " + intent.user + " did not show its key");
    }
    List<Object> rules = rulesOf(caller.name);
    if (rules.isEmpty()) {
      return Verdict.notAuthenticated("publisher_acl has nothing for user " + caller.name);
    }
    boolean all = true;
    for (int i = 0; i < intent.functions.size(); i++) {
      List<Object> arguments = i < intent.arguments.size() ? intent.arguments.get(i) : List.of();
      all &= isAllowed(rules, intent.functions.get(i), arguments, intent.minions);
    }
    return all
        ? Verdict.ALLOWED
        : Verdict.notAuthorized("publisher_acl does not let " + caller.name + " do this");
  }

  /** Whether this caller has the full rights of the master's user, as runners and wheels need. */
  public Verdict checkFull(String user, String key) {
    return authenticate(user, key).full
        ? Verdict.ALLOWED
        : Verdict.notAuthenticated("user " + user + " did not show the key of the master's user");
  }

  private record Caller(boolean full, String name) {}

  private Caller authenticate(String user, String key) {
    Caller nobody = new Caller(false, null);
    String master = options.text("user", running);
    boolean masterKey = keys.isKeyOf(master, key) || keys.isKeyOf(running, key);
    if (user.startsWith(SUDO)) {
      boolean limited = options.flag("sudo_acl") && !options.map("publisher_acl").isEmpty();
      String login = user.substring(SUDO.length());
      return !masterKey ? nobody : new Caller(!limited, limited ? login : null);
    }
    if (user.isEmpty() || user.equals("root") || user.equals(master) || user.equals(running)) {
      return masterKey || (user.isEmpty() && keys.isAnyKey(key))
          ? new Caller(masterKey, null)
          : nobody;
    }
    if (masterKey) {
      return new Caller(true, null);
    }
    return keys.isKeyOf(user, key) ? new Caller(false, user) : nobody;
  }

  private boolean isBlacklisted(Intent intent) {
    Map<?, ?> blacklist = options.map("publisher_acl_blacklist");
    return Expressions.anyMatchesWhole(listOf(blacklist.get("users")), intent.user)
        || intent.functions.stream()
            .anyMatch(fun -> Expressions.anyMatchesWhole(listOf(blacklist.get("modules")), fun));
  }

  private List<Object> rulesOf(String user) {
    List<Object> rules = new ArrayList<>();
    options
        .map("publisher_acl")
        .forEach(
            (pattern, granted) -> {
              if (Expressions.anyMatchesWhole(List.of(pattern), user)) {
                rules.addAll(listOf(granted));
              }
            });
    return rules;
  }

  private boolean isAllowed(
      List<Object> rules, String function, List<Object> arguments, Collection<String> minions) {
    if (function.equals("saltutil.find_job")) {
      return true;
    }
    for (Object rule : rules) {
      if (rule instanceof Map<?, ?> byTarget && byTarget.size() == 1) {
        Map.Entry<?, ?> entry = byTarget.entrySet().iterator().next();
        boolean targeted =
            !minions.isEmpty()
                && targets.apply(String.valueOf(entry.getKey())).containsAll(minions);
        if (targeted && FunctionRules.allow(listOf(entry.getValue()), function, arguments)) {
          return true;
        }
      } else if (rule instanceof String expression
          && Expressions.matchesFunction(expression, function)) {
        return true;
      }
    }
    return false;
  }

  private static List<?> listOf(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    return value == null ? List.of() : List.of(value);
  }
}

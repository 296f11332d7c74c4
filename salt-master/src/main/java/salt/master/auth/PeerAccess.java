package salt.master.auth;

import java.util.List;
import java.util.Map;
import salt.common.config.Options;

/** What minions may make others do: {@code peer} for publications, {@code peer_run} for runners. */
public final class PeerAccess {
  private final Options options;

  /** Checks by {@code options}; nothing is allowed by default. */
  public PeerAccess(Options options) {
    this.options = options;
  }

  /** Whether minion {@code id} may publish all of {@code functions}. */
  public boolean mayPublish(String id, List<String> functions) {
    return functions.stream().noneMatch(fun -> fun.startsWith("publish."))
        && isAllowed(options.map("peer"), id, functions);
  }

  /** Whether minion {@code id} may start the runner {@code function}. */
  public boolean mayRun(String id, String function) {
    return isAllowed(options.map("peer_run"), id, List.of(function));
  }

  private static boolean isAllowed(Map<?, ?> rules, String id, List<String> functions) {
    return !functions.isEmpty()
        && functions.stream()
            .allMatch(
                fun ->
                    rules.entrySet().stream()
                        .anyMatch(
                            rule ->
                                Expressions.matchesFunction(String.valueOf(rule.getKey()), id)
                                    && rule.getValue() instanceof List<?> allowed
                                    && allowed.stream()
                                        .anyMatch(
                                            each ->
                                                Expressions.matchesFunction(
                                                    String.valueOf(each), fun))));
  }
}

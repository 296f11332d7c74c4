package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Named;
import salt.common.loader.Argument.Positional;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;

/** Reads the grains: facts about the machine that this minion runs on. */
@ExecutionModule("grains")
final class GrainsModule {
  private static final String COLON = ":";

  /** What stands for facts that tell which machine it is. */
  private static final Map<String, String> SANITIZED =
      Map.of(
          "serialnumber", "X",
          "domain", "DOMAINNAME",
          "fqdn", "MINION.DOMAINNAME",
          "id", "MINION.DOMAINNAME",
          "host", "MINION",
          "localhost", "MINION",
          "nodename", "MINION");

  private final MinionContext context;

  GrainsModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Returns the value of a grain, or a default when there is none. A path reaches into maps and
   * lists.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.get os
   * salt '*' grains.get locale_info:timezone
   * salt '*' grains.get 'dns/nameservers/0' delimiter=/
   * }</pre>
   *
   * @param key the grain, or the path to the value
   * @param fallback what to return when there is no value
   * @param delimiter what separates the steps of the path
   * @param ordered has no effect: the order is always kept
   */
  @Exposed(aliases = "fetch")
  Object get(
      Object key,
      @Named("default") @Default("''") Object fallback,
      @Default("':'") String delimiter,
      @Default("true") boolean ordered) {
    return Traversal.find(context.grains(), PythonText.str(key), delimiter, fallback);
  }

  /**
   * Returns whether there is a grain of this name, whatever its value.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.has_value ip6_gw
   * }</pre>
   *
   * @param key the grain, or the path to the value
   */
  @Exposed
  boolean hasValue(String key) {
    return Traversal.find(context.grains(), key, COLON) != Traversal.ABSENT;
  }

  /**
   * Returns all grains.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.items
   * salt '*' grains.items sanitize=True
   * }</pre>
   *
   * @param sanitize whether to hide what tells which machine it is
   */
  @Exposed(outputter = "nested")
  Map<String, Object> items(@Default("false") boolean sanitize) {
    return sanitize ? sanitized(context.grains()) : context.grains();
  }

  /**
   * Returns some grains by name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.item osfinger
   * salt '*' grains.item kernel num_cpus mem_total
   * salt '*' grains.item fqdn sanitize=True
   * }</pre>
   *
   * @param args the grains, or paths to values
   * @param kwargs {@code default}, {@code delimiter} and {@code sanitize}
   */
  @Exposed(outputter = "nested")
  Map<String, Object> item(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    Object fallback = kwargs.getOrDefault("default", "");
    String delimiter = PythonText.str(kwargs.getOrDefault("delimiter", COLON));
    Map<String, Object> found = new LinkedHashMap<>();
    for (Object arg : args) {
      String key = PythonText.str(arg);
      found.put(key, Traversal.find(context.grains(), key, delimiter, fallback));
    }
    return PythonText.truth(kwargs.get("sanitize")) ? sanitized(found) : found;
  }

  private static Map<String, Object> sanitized(Map<String, Object> grains) {
    Map<String, Object> sanitized = new LinkedHashMap<>(grains);
    SANITIZED.forEach((name, value) -> sanitized.computeIfPresent(name, (key, old) -> value));
    return sanitized;
  }

  /**
   * Returns the names of all grains, sorted.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.ls
   * }</pre>
   */
  @Exposed
  List<String> ls() {
    return List.copyOf(new TreeSet<>(context.grains().keySet()));
  }

  /**
   * Returns whether a grain has this value; both are compared as text.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.equals os_family Debian
   * salt '*' grains.equals locale_info:timezone UTC
   * }</pre>
   *
   * @param key the grain, or the path to the value
   */
  @Exposed
  boolean equals(String key, Object value) {
    Object found = Traversal.find(context.grains(), key, COLON, "");
    return PythonText.str(found).equals(PythonText.str(value));
  }

  /**
   * Chooses an entry of a table by a grain. The keys of the table are patterns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' grains.filter_by '{Debian: apache2, RedHat: httpd}'
   * salt '*' grains.filter_by '{web: {port: 80}, db: {port: 5432}}' role default=web
   * }</pre>
   *
   * @param lookupDict the table
   * @param grain the grain that is matched; of a list, each item in turn
   * @param merge a map that is laid over the chosen entry
   * @param fallback the key of the entry that is chosen when none matches
   * @param base the key of an entry that the chosen one is laid over
   */
  @Exposed
  Object filterBy(
      Object lookupDict,
      @Default("os_family") String grain,
      @Default("null") Object merge,
      @Named("default") @Default("default") Object fallback,
      @Default("null") Object base) {
    Object found = Traversal.find(context.grains(), grain, COLON, List.of());
    return new FilterBy(merge, fallback, base).choose(lookupDict, found);
  }
}

package salt.minion.module;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Named;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.pattern.Glob;
import salt.common.payload.PythonText;

/** Looks settings up in the minion's options, its grains, its pillar and the master's options. */
@ExecutionModule("config")
final class ConfigModule {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigModule.class);
  private static final Pattern FILE_PROTOCOL =
      Pattern.compile("(?:salt|https?|ftp|s3|swift|file)://.*", Pattern.DOTALL);
  private static final int MODE_DIGITS = 4;

  private final MinionContext context;
  private final Map<?, ?> defaults = ConfigDefaults.read();

  ConfigModule(MinionContext context) {
    this.context = context;
  }

  private Map<String, Object> options() {
    return context.options().asMap();
  }

  /** The master's options, where it was told to put them into the pillar. */
  private Map<?, ?> master() {
    return context.pillar().get("master") instanceof Map<?, ?> master ? master : Map.of();
  }

  /**
   * Returns a setting: from the options, else the grains, else the pillar, else the master's
   * options in the pillar. A path reaches into maps and lists.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.get shop:database:port
   * salt 'web*' config.get shop merge=recurse
   * }</pre>
   *
   * @param key the name, or the path to the value
   * @param fallback what to return when there is no value
   * @param delimiter what separates the steps of the path
   * @param merge recurse or overwrite, to merge what all places have instead of taking the first
   * @param omitOpts whether to leave the options out
   * @param omitPillar whether to leave the pillar out
   * @param omitMaster whether to leave the master's options out
   * @param omitGrains whether to leave the grains out
   */
  @Exposed
  Object get(
      String key,
      @Named("default") @Default("''") Object fallback,
      @Default("':'") String delimiter,
      @Default("null") Object merge,
      @Default("false") boolean omitOpts,
      @Default("false") boolean omitPillar,
      @Default("false") boolean omitMaster,
      @Default("false") boolean omitGrains) {
    if (merge != null) {
      return Traversal.find(merged(merge), key, delimiter, fallback);
    }
    List<Map<?, ?>> places = new ArrayList<>();
    add(places, omitOpts, options());
    add(places, omitGrains, context.grains());
    add(places, omitPillar, context.pillar());
    add(places, omitMaster, master());
    places.add(defaults);
    for (Map<?, ?> place : places) {
      Object found = Traversal.find(place, key, delimiter);
      if (found != Traversal.ABSENT) {
        return found;
      }
    }
    return fallback;
  }

  private static void add(List<Map<?, ?>> places, boolean omit, Map<?, ?> place) {
    if (!omit) {
      places.add(place);
    }
  }

  private Object merged(Object strategy) {
    boolean overwrite = "overwrite".equals(strategy);
    if (!overwrite && !"recurse".equals(strategy)) {
      LOG.warn("config.get knows no merge strategy {}; it merges by recurse", strategy);
    }
    Map<?, ?> merged = defaults;
    for (Map<?, ?> place : List.of(master(), context.pillar(), context.grains(), options())) {
      merged = overwrite ? Merging.overwrite(merged, place) : Merging.deep(merged, place);
    }
    return merged;
  }

  /**
   * Returns a setting by its whole name: from the options, else the grains, else the pillar, else
   * the master's options in the pillar.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.option shop.currency
   * }</pre>
   *
   * @param value the name
   * @param fallback what to return when there is no value
   * @param omitOpts whether to leave the options out
   * @param omitGrains whether to leave the grains out
   * @param omitPillar whether to leave the pillar out
   * @param omitMaster whether to leave the master's options out
   * @param omitAll whether to leave all of these out
   * @param wildcard whether the name is a pattern; all that match are returned then
   */
  @Exposed
  Object option(
      String value,
      @Named("default") @Default("null") Object fallback,
      @Default("false") boolean omitOpts,
      @Default("false") boolean omitGrains,
      @Default("false") boolean omitPillar,
      @Default("false") boolean omitMaster,
      @Default("false") boolean omitAll,
      @Default("false") boolean wildcard) {
    List<Map<?, ?>> places = new ArrayList<>();
    add(places, omitAll || omitOpts, options());
    add(places, omitAll || omitGrains, context.grains());
    add(places, omitAll || omitPillar, context.pillar());
    add(places, omitAll || omitMaster, master());
    places.add(defaults);
    if (wildcard) {
      Map<Object, Object> found = matching(value, places);
      return found.isEmpty() && fallback != null ? fallback : found;
    }
    for (Map<?, ?> place : places) {
      if (place.containsKey(value)) {
        return place.get(value);
      }
    }
    return fallback == null ? "" : fallback;
  }

  private static Map<Object, Object> matching(String pattern, List<Map<?, ?>> places) {
    Glob glob = Glob.of(pattern);
    Map<Object, Object> found = new LinkedHashMap<>();
    for (Map<?, ?> place : places) {
      place.forEach(
          (name, value) -> {
            if (name instanceof String text && glob.matches(text) && !found.containsKey(name)) {
              found.put(name, value);
            }
          });
    }
    return found;
  }

  /**
   * Returns a setting by its whole name, put together from all places: lists are joined, maps
   * merged, and text is taken from the first.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.merge shop_hosts
   * }</pre>
   *
   * @param value the name
   * @param fallback what to return when there is no value
   * @param omitOpts whether to leave the options out
   * @param omitMaster whether to leave the master's options out
   * @param omitPillar whether to leave the pillar out
   */
  @Exposed
  Object merge(
      String value,
      @Named("default") @Default("''") Object fallback,
      @Default("false") boolean omitOpts,
      @Default("false") boolean omitMaster,
      @Default("false") boolean omitPillar) {
    List<Map<?, ?>> places = new ArrayList<>();
    add(places, omitOpts, options());
    add(places, omitMaster, master());
    add(places, omitPillar, context.pillar());
    Object merged = null;
    for (Map<?, ?> place : places) {
      merged = together(merged, place.get(value));
      if (merged instanceof String) {
        return merged;
      }
    }
    Object found = merged == null ? defaults.get(value) : merged;
    return found == null ? fallback : found;
  }

  private static Object together(Object first, Object second) {
    if (first == null) {
      return second;
    } else if (first instanceof Map<?, ?> upper && second instanceof Map<?, ?> lower) {
      return Merging.overwrite(lower, upper);
    } else if (first instanceof List<?> head && second instanceof List<?> tail) {
      List<Object> joined = new ArrayList<>(head);
      joined.addAll(tail);
      return joined;
    }
    return first;
  }

  /**
   * Returns all settings whose name starts with a word and a dot, from the master's options in the
   * pillar and the minion's.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.dot_vals shop
   * }</pre>
   */
  @Exposed
  Map<Object, Object> dotVals(String value) {
    Map<Object, Object> found = new LinkedHashMap<>();
    for (Map<?, ?> place : List.of(master(), options())) {
      place.forEach(
          (name, setting) -> {
            if (name instanceof String text && text.startsWith(value + ".")) {
              found.put(name, setting);
            }
          });
    }
    return found;
  }

  /**
   * Returns all options of the minion.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.items
   * }</pre>
   */
  @Exposed
  Map<String, Object> items() {
    return options();
  }

  /**
   * Returns whether an address starts with a protocol that files can be fetched by.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.valid_fileproto salt://shop/app.conf
   * }</pre>
   */
  @Exposed
  boolean validFileproto(String uri) {
    return FILE_PROTOCOL.matcher(uri).matches();
  }

  /**
   * Returns how files are backed up before they change: what is given, else the option {@code
   * backup_mode}.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.backup_mode
   * }</pre>
   */
  @Exposed
  Object backupMode(@Default("''") Object backup) {
    return PythonText.truth(backup)
        ? backup
        : option("backup_mode", null, false, false, false, false, false, false);
  }

  /**
   * Returns a file's mode as text with four digits.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.manage_mode 640
   * }</pre>
   */
  @Exposed
  String manageMode(Object mode) {
    if (mode == null) {
      return null;
    }
    String digits = PythonText.str(mode).replaceFirst("^[0Oo]+", "");
    return "0".repeat(Math.max(0, MODE_DIGITS - digits.length())) + digits;
  }

  /**
   * Downloads the script that installs Salt into the directory of deployment scripts, and returns
   * its path.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' config.gather_bootstrap_script
   * }</pre>
   *
   * @param bootstrap where it is, or a path on this machine; by default its project's newest
   *     release
   */
  @Exposed
  String gatherBootstrapScript(@Default("null") String bootstrap)
      throws IOException, InterruptedException {
    return new BootstrapScript(context.options()).gather(bootstrap);
  }
}

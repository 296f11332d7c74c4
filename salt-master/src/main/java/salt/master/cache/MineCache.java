package salt.master.cache;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;
import salt.common.target.TargetCheck;

/**
 * The mine: results that minions leave for each other, {@code <cachedir>/minions/<id>/mine.p}, a
 * map from function names to results. Safe for several threads.
 *
 * <p>A result may be wrapped in a map with {@code __saltmine_acl__}, {@code __data__}, {@code
 * allow_tgt} and {@code allow_tgt_type}: only minions of that target get it. Nothing is kept
 * without {@code minion_data_cache} or {@code enforce_mine_cache}.
 */
public final class MineCache {
  private static final Logger log = LoggerFactory.getLogger(MineCache.class);
  private static final String MINE = "mine";
  private static final String WRAPPED = "__saltmine_acl__";
  private static final int LOCKS = 64;

  private final MinionFiles files;
  private final TargetCheck targets;
  private final Object permissions;
  private final boolean enabled;
  private final List<Object> locks = new ArrayList<>();

  /** The mine of these options; {@code targets} finds minions. */
  public MineCache(Options options, TargetCheck targets) {
    this.files = new MinionFiles(Path.of(options.text("cachedir")));
    this.targets = targets;
    this.permissions = options.any("mine_get");
    this.enabled = options.flag("minion_data_cache") || options.flag("enforce_mine_cache");
    for (int i = 0; i < LOCKS; i++) {
      locks.add(new Object());
    }
  }

  private Object lock(String id) {
    return locks.get(Math.floorMod(id.hashCode(), LOCKS));
  }

  /**
   * Keeps results of a minion beside those that are there.
   *
   * @param clear whether those that are there go
   */
  public void store(String id, Map<?, ?> results, boolean clear) {
    if (!enabled) {
      return;
    }
    synchronized (lock(id)) {
      Map<Object, Object> all = new LinkedHashMap<>();
      if (!clear && files.read(id, MINE) instanceof Map<?, ?> known) {
        all.putAll(known);
      }
      all.putAll(results);
      files.write(id, MINE, all);
    }
  }

  /** Takes one function out of a minion's mine; false when the mine cannot be used. */
  public boolean delete(String id, String function) {
    if (!enabled) {
      return true;
    }
    synchronized (lock(id)) {
      Object mine = files.read(id, MINE);
      if (!(mine instanceof Map<?, ?> known)) {
        return mine == null;
      }
      if (known.containsKey(function)) {
        Map<Object, Object> rest = new LinkedHashMap<>(known);
        rest.remove(function);
        files.write(id, MINE, rest);
      }
    }
    return true;
  }

  /** Empties a minion's mine; false when there is none. */
  public boolean flush(String id) {
    if (!enabled) {
      return true;
    }
    synchronized (lock(id)) {
      return files.delete(id, MINE);
    }
  }

  /** All results that a minion left, by function; empty when there are none. */
  public Map<Object, Object> all(String id) {
    Map<Object, Object> results = new LinkedHashMap<>();
    if (files.read(id, MINE) instanceof Map<?, ?> mine) {
      mine.forEach((function, entry) -> results.put(function, unwrapped(entry)));
    }
    return results;
  }

  /**
   * What the minions of a target left, as far as the asking minion may see it.
   *
   * <p>The option {@code mine_get} (regular expression on the asking id → list of those on
   * functions) limits who may ask for what; {@code allow_tgt} of a result who gets that. Pillar is
   * matched exactly, so that nobody can find out values by guessing.
   *
   * @param asking the id of the minion that asks
   * @param functions a name, several with commas between them, or a list of names
   * @return results by id for one name, and by function, then by id, for several or a list
   */
  public Map<String, Object> get(String asking, Object target, String type, Object functions) {
    List<String> names = names(functions);
    boolean byFunction = functions instanceof List || names.size() > 1;
    names.removeIf(name -> !mayAsk(asking, name));
    Map<String, Object> found = new LinkedHashMap<>();
    Map<String, Map<String, Object>> results = new LinkedHashMap<>();
    if (names.isEmpty()) {
      return found;
    }
    for (String id : targets.check(target, exact(type), ":", false).minions()) {
      if (!(files.read(id, MINE) instanceof Map<?, ?> mine)) {
        continue;
      }
      for (String name : names) {
        if (mine.containsKey(name) && maySee(asking, mine.get(name))) {
          Object result = unwrapped(mine.get(name));
          (byFunction ? results.computeIfAbsent(name, each -> new LinkedHashMap<>()) : found)
              .put(id, result);
        }
      }
    }
    found.putAll(results);
    return found;
  }

  private static List<String> names(Object functions) {
    Set<String> names = new LinkedHashSet<>();
    if (functions instanceof String text) {
      names.addAll(List.of(text.split(",", -1)));
    } else if (functions instanceof Collection<?> items) {
      items.forEach(item -> names.add(String.valueOf(item)));
    }
    return new ArrayList<>(names);
  }

  private static String exact(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "pillar" -> "pillar_exact";
      case "compound" -> "compound_pillar_exact";
      default -> type;
    };
  }

  private boolean mayAsk(String asking, String function) {
    if (permissions == null) {
      return true;
    }
    if (!(permissions instanceof Map<?, ?> rules)) {
      log.error("mine_get must be a map; nobody gets anything from the mine");
      return false;
    }
    return rules.entrySet().stream()
        .filter(rule -> matches(rule.getKey(), asking))
        .filter(rule -> rule.getValue() instanceof List)
        .flatMap(rule -> ((List<?>) rule.getValue()).stream())
        .anyMatch(allowed -> matches(allowed, function));
  }

  private static boolean matches(Object expression, String text) {
    try {
      return PythonRegex.compile(String.valueOf(expression)).matchesStart(text);
    } catch (PatternProblem e) {
      log.error("mine_get: '{}' allows nothing: {}", expression, e.getMessage());
      return false;
    }
  }

  private boolean maySee(String asking, Object entry) {
    if (!(entry instanceof Map<?, ?> wrapped)
        || !wrapped.containsKey(WRAPPED)
        || !wrapped.containsKey("allow_tgt")) {
      return true;
    }
    String type = wrapped.get("allow_tgt_type") instanceof String text ? text : "glob";
    return targets.check(wrapped.get("allow_tgt"), type).minions().contains(asking);
  }

  private static Object unwrapped(Object entry) {
    return entry instanceof Map<?, ?> wrapped && wrapped.containsKey(WRAPPED)
        ? wrapped.get("__data__")
        : entry;
  }
}

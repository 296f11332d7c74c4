package salt.common.target;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.pattern.Effort;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;
import salt.common.payload.PythonText;

/**
 * The last part of {@code key:pattern}: what the value, or a key or an item of it, must be like.
 */
final class FactPattern {
  private static final Logger log = LoggerFactory.getLogger(FactPattern.class);
  private static final String ANYWHERE = "*:";

  /** How a text is compared; case never matters. */
  enum Kind {
    GLOB,
    REGEX,
    EXACT
  }

  private interface TextTest {
    boolean matches(String text, Effort effort);
  }

  private final String text;
  private final Family family;
  private final TextTest test;

  private FactPattern(String text, Family family) {
    this.text = text;
    this.family = family;
    this.test = test(text.toLowerCase(Locale.ROOT), family.kind);
  }

  /**
   * The patterns within one target. All are ends of its text, so there are few, however often data
   * makes them needed; each is made once.
   */
  static final class Family {
    private final Kind kind;
    private final Map<String, FactPattern> patterns = new ConcurrentHashMap<>();
    private final Map<String, FactExpression> expressions = new ConcurrentHashMap<>();

    Family(Kind kind) {
      this.kind = kind;
    }

    FactPattern pattern(String text) {
      FactPattern known = patterns.get(text);
      if (known == null) {
        known = new FactPattern(text, this);
        patterns.put(text, known);
      }
      return known;
    }

    private FactExpression expression(String text) {
      FactExpression known = expressions.get(text);
      if (known == null) {
        known = FactExpression.of(text, FactExpression.DELIMITER, this);
        expressions.put(text, known);
      }
      return known;
    }
  }

  private static TextTest test(String lower, Kind kind) {
    return switch (kind) {
      case GLOB -> {
        Glob glob = Glob.of(lower);
        yield (value, effort) -> glob.matches(value);
      }
      case REGEX -> regex(lower);
      case EXACT -> (value, effort) -> lower.equals(value);
    };
  }

  private static TextTest regex(String lower) {
    try {
      return PythonRegex.compile(lower)::matchesStart;
    } catch (PatternProblem e) {
      log.error("Invalid regex '{}' in match: {}", lower, e.getMessage());
      return (value, effort) -> false;
    }
  }

  /** Whether the value that a path led to matches; an empty map never does. */
  boolean matchesFound(Object found, Effort effort) {
    if (found instanceof Map<?, ?> map) {
      return !map.isEmpty() && matchesMap(map, effort);
    }
    if (found instanceof List<?> list) {
      for (Object item : list) {
        if ((item instanceof Map<?, ?> map && matchesMap(map, effort)) || matches(item, effort)) {
          return true;
        }
      }
      return false;
    }
    return matches(found, effort);
  }

  private boolean matches(Object value, Effort effort) {
    effort.step();
    return test.matches(PythonText.str(value).toLowerCase(Locale.ROOT), effort);
  }

  private boolean matchesMap(Map<?, ?> map, Effort effort) {
    if (!text.startsWith(ANYWHERE)) {
      return matchesKeys(map, effort);
    }
    // What is behind the star is looked for here and in every value.
    FactPattern inside = family.pattern(text.substring(ANYWHERE.length()));
    return inside.matchesKeys(map, effort) || inside.matchesValues(map, effort);
  }

  private boolean matchesKeys(Map<?, ?> map, Effort effort) {
    if (text.equals("*") || map.containsKey(text)) {
      return true;
    }
    for (Object key : map.keySet()) {
      if (matches(key, effort)) {
        return true;
      }
    }
    return family.expression(text).matches(map, effort);
  }

  private boolean matchesValues(Map<?, ?> map, Effort effort) {
    for (Object value : map.values()) {
      boolean matches =
          value instanceof Map<?, ?> inner
              ? matchesMap(inner, effort)
              : value instanceof List<?> items
                  ? matchesItem(items, effort)
                  : matches(value, effort);
      if (matches) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesItem(List<?> items, Effort effort) {
    for (Object item : items) {
      if (matches(item, effort)) {
        return true;
      }
    }
    return false;
  }
}

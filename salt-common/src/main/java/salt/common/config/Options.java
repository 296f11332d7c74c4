package salt.common.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of one program, every default filled in: an immutable map from Salt's option names to
 * values, with typed reading.
 *
 * <p>Types were checked when the file was read, so a wrong one here is a programming error.
 */
public final class Options {
  private final Map<String, Object> values;

  private Options(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Options with exactly these values. */
  public static Options of(Map<String, Object> values) {
    return new Options(new LinkedHashMap<>(values));
  }

  /** The same options with one replaced or added. */
  public Options with(String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Options(changed);
  }

  /** All options, in the order of the defaults, then of the file. */
  public Map<String, Object> asMap() {
    return values;
  }

  /** The option as it is; null when unknown or unset. */
  public Object any(String name) {
    return values.get(name);
  }

  /** The option as text; null when unset. Numbers and booleans in a text option are spelt out. */
  public String text(String name) {
    Object value = values.get(name);
    return value == null ? null : value.toString();
  }

  /** The option as text; {@code fallback} when unset or empty. */
  public String text(String name, String fallback) {
    String text = text(name);
    return text == null || text.isEmpty() ? fallback : text;
  }

  /** The option as a path; null when unset. */
  public Path path(String name) {
    String text = text(name);
    return text == null ? null : Path.of(text);
  }

  /** The option as an integer; 0 when unset. */
  public int integer(String name) {
    return (int) number(name);
  }

  /** The option as a number, which may have a fraction; 0 when unset, 1 when it is true. */
  public double number(String name) {
    Object value = values.get(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value == null ? 0 : Double.parseDouble(value.toString());
  }

  /** The option as a truth value; false when unset, and by Python's truth for other types. */
  public boolean flag(String name) {
    Object value = values.get(name);
    if (value instanceof Boolean flag) {
      return flag;
    } else if (value instanceof Number number) {
      return number.doubleValue() != 0;
    } else if (value instanceof String text) {
      return !text.isEmpty();
    } else if (value instanceof List<?> list) {
      return !list.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return false;
  }

  /** The option as a list; a single value is a list of one, unset an empty one. */
  public List<?> list(String name) {
    Object value = values.get(name);
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    return value == null ? List.of() : List.of(value);
  }

  /** The option as a map; empty when unset or of another type. */
  public Map<?, ?> map(String name) {
    Object value = values.get(name);
    return value instanceof Map<?, ?> map ? Collections.unmodifiableMap(map) : Map.of();
  }
}

package salt.common.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A map from outside, read field by field; every complaint names the message and the field.
 *
 * <p>Reading does not change the map. Bytes may have arrived as text and the other way round, as
 * the raw family does not tell them apart: {@link #bytes} takes both.
 */
public final class Fields {
  private final String message;
  private final Map<?, ?> map;

  private Fields(String message, Map<?, ?> map) {
    this.message = message;
    this.map = map;
  }

  /** Reads {@code map} under the name {@code message}, which complaints use. */
  public static Fields of(String message, Map<?, ?> map) {
    return new Fields(message, map);
  }

  /** As {@link #of}, for a value that must be a map. */
  public static Fields require(String message, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(message, map);
    }
    throw new MalformedPayload(message + ": expected a map, got " + typeName(value));
  }

  /** Whether the field is there, be it nil. */
  public boolean has(String field) {
    return map.containsKey(field);
  }

  /** The field as it came; null when absent. */
  public Object any(String field) {
    return map.get(field);
  }

  /** The field, which must be text. */
  public String text(String field) {
    return optionalText(field).orElseThrow(() -> missing(field, "text"));
  }

  /** The field as text, or {@code fallback} when it is absent or nil. */
  public String text(String field, String fallback) {
    return optionalText(field).orElse(fallback);
  }

  /** The field as text, or nothing when it is absent or nil. */
  public Optional<String> optionalText(String field) {
    Object value = map.get(field);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw wrong(field, "text", value);
  }

  /** The field as bytes, whether it arrived as bytes or as text; it must be there. */
  public Bytes bytes(String field) {
    return optionalBytes(field).orElseThrow(() -> missing(field, "bytes"));
  }

  /** The field as bytes, or nothing when it is absent or nil. */
  public Optional<Bytes> optionalBytes(String field) {
    Object value = map.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Bytes bytes) {
      return Optional.of(bytes);
    }
    if (value instanceof String text) {
      return Optional.of(Bytes.utf8(text));
    }
    throw wrong(field, "bytes", value);
  }

  /** The field as an integer, or {@code fallback} when it is absent or nil. */
  public long integer(String field, long fallback) {
    Object value = map.get(field);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw wrong(field, "an integer", value);
  }

  /** The field as a truth value, or {@code fallback} when it is absent or nil. */
  public boolean flag(String field, boolean fallback) {
    Object value = map.get(field);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(field, "true or false", value);
  }

  /** The field as a list; empty when absent or nil. */
  public List<Object> list(String field) {
    Object value = map.get(field);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> items) {
      return Collections.unmodifiableList(new ArrayList<>(items));
    }
    throw wrong(field, "a list", value);
  }

  /** The field as a map; empty when absent or nil. */
  public Map<Object, Object> map(String field) {
    Object value = map.get(field);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> inner) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(inner));
    }
    throw wrong(field, "a map", value);
  }

  /** All fields but those named, in their order: what a message carries beyond what we know. */
  public Map<String, Object> rest(String... known) {
    Map<String, Object> rest = new LinkedHashMap<>();
    List<String> read = List.of(known);
    map.forEach(
        (key, value) -> {
          if (key instanceof String name && !read.contains(name)) {
            rest.put(name, value);
          }
        });
    return rest;
  }

  private MalformedPayload missing(String field, String expected) {
    return new MalformedPayload(
        message + ": field '" + field + "' is missing, expected " + expected);
  }

  private MalformedPayload wrong(String field, String expected, Object value) {
    return new MalformedPayload(
        message + ": field '" + field + "': expected " + expected + ", got " + typeName(value));
  }

  /** What a value is called in messages to people. */
  public static String typeName(Object value) {
    if (value == null) {
      return "nothing";
    } else if (value instanceof Boolean) {
      return "a boolean";
    } else if (value instanceof String) {
      return "text";
    } else if (value instanceof Number) {
      return "a number";
    } else if (value instanceof List) {
      return "a list";
    } else if (value instanceof Map) {
      return "a map";
    } else if (value instanceof Bytes) {
      return "bytes";
    }
    return value.getClass().getSimpleName();
  }
}

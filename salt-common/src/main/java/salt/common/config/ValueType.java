package salt.common.config;

import java.util.List;
import java.util.Map;

/** The kinds of values an option may take, by the names the option table uses. */
public enum ValueType {
  TEXT("text", "a text"),
  INT("int", "an integer"),
  FLOAT("float", "a number"),
  BOOL("bool", "true or false"),
  LIST("list", "a list"),
  MAP("map", "a mapping"),
  TUPLE("tuple", "a list"),
  NULL("null", "nothing");

  private final String label;
  private final String phrase;

  ValueType(String label, String phrase) {
    this.label = label;
    this.phrase = phrase;
  }

  /** The kind with this name in the option table. */
  static ValueType named(String label) {
    for (ValueType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no kind of value is named " + label);
  }

  /** The kind of a value; dates and bytes count as text, as they do in a YAML file. */
  static ValueType of(Object value) {
    if (value == null) {
      return NULL;
    } else if (value instanceof Boolean) {
      return BOOL;
    } else if (value instanceof Double || value instanceof Float) {
      return FLOAT;
    } else if (value instanceof Number) {
      return INT;
    } else if (value instanceof List<?>) {
      return LIST;
    }
    return value instanceof Map<?, ?> ? MAP : TEXT;
  }

  /** How a message calls a value of this kind, with its article. */
  public String phrase() {
    return phrase;
  }
}

package salt.common.payload;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one value as Python's {@code json.dumps} does. */
final class JsonWriter {
  private final JsonStyle style;
  private final StringBuilder out = new StringBuilder();
  private int level;

  JsonWriter(JsonStyle style) {
    this.style = style;
  }

  String write(Object value) {
    append(value);
    return out.toString();
  }

  private void append(Object value) {
    if (value instanceof CharSequence text) {
      appendText(text.toString());
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      out.append(plain(value));
    } else if (value instanceof Map<?, ?> map) {
      appendMap(map);
    } else if (value instanceof Collection<?> items && !(value instanceof Set)) {
      appendList(items);
    } else if (style.lenient()) {
      appendText(PythonText.repr(value));
    } else {
      throw new MalformedPayload("JSON has no form for " + Fields.typeName(value));
    }
  }

  /** What stands without quotes; Python writes numbers beyond the reals in JavaScript's words. */
  private static String plain(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Boolean) {
      return value.toString();
    }
    String number = PythonText.repr(value);
    return switch (number) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      default -> number;
    };
  }

  private void appendList(Collection<?> items) {
    String separator = "";
    level++;
    out.append('[');
    for (Object item : items) {
      out.append(separator);
      newLine();
      append(item);
      separator = style.itemSeparator();
    }
    level--;
    if (!items.isEmpty()) {
      newLine();
    }
    out.append(']');
  }

  private void appendMap(Map<?, ?> map) {
    String separator = "";
    level++;
    out.append('{');
    for (Object key : keys(map)) {
      out.append(separator);
      newLine();
      appendText(name(key));
      out.append(style.keySeparator());
      append(map.get(key));
      separator = style.itemSeparator();
    }
    level--;
    if (!map.isEmpty()) {
      newLine();
    }
    out.append('}');
  }

  private Collection<?> keys(Map<?, ?> map) {
    if (!style.sortKeys()) {
      return map.keySet();
    }
    List<Object> sorted =
        PythonOrder.sorted(map.keySet())
            .orElseThrow(() -> new MalformedPayload("the keys of a map have no order"));
    return sorted;
  }

  private static String name(Object key) {
    if (key instanceof CharSequence text) {
      return text.toString();
    } else if (key == null || key instanceof Boolean || key instanceof Number) {
      return plain(key);
    }
    throw new MalformedPayload("a key in JSON cannot be " + Fields.typeName(key));
  }

  private void newLine() {
    if (style.indent() != null) {
      out.append('\n').append(style.indent().repeat(level));
    }
  }

  private void appendText(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendCharacter(text.charAt(i));
    }
    out.append('"');
  }

  private void appendCharacter(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\f' -> out.append("\\f");
      case '\b' -> out.append("\\b");
      default -> {
        if (c < ' ' || (style.ascii() && c > '~')) {
          out.append("\\u%04x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}

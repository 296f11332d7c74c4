package salt.common.loader.processor;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes values as Java expressions. */
final class JavaLiteral {
  private JavaLiteral() {}

  /**
   * The expression for a value.
   *
   * @throws IllegalArgumentException when its type has none
   */
  static String of(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof String text) {
      return text(text);
    } else if (value instanceof Boolean || value instanceof Double) {
      return value.toString();
    } else if (value instanceof Long) {
      return value + "L";
    } else if (value instanceof List<?> list) {
      return "java.util.List.of("
          + list.stream().map(JavaLiteral::of).collect(Collectors.joining(", "))
          + ")";
    } else if (value instanceof Map<?, ?> map && map.isEmpty()) {
      return "java.util.Map.of()";
    }
    throw new IllegalArgumentException("a default can't be a " + value.getClass().getSimpleName());
  }

  /** The literal for a text. */
  static String text(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.chars().forEach(c -> literal.append(escaped((char) c)));
    return literal.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}

package salt.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a default of the option table, written as JSON. Every command reads the table when it
 * starts, so this does without a JSON library.
 */
final class Literal {
  private final String text;
  private int at;

  private Literal(String text) {
    this.text = text;
  }

  /**
   * The value of a literal.
   *
   * @throws IllegalArgumentException when the table is wrong
   */
  static Object parse(String text) {
    Literal literal = new Literal(text);
    Object value = literal.value();
    if (literal.at != text.length()) {
      throw literal.wrong();
    }
    return value;
  }

  private Object value() {
    return switch (text.charAt(at)) {
      case '"' -> string();
      case '[' -> list();
      case '{' -> map();
      default -> word();
    };
  }

  private String string() {
    StringBuilder content = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      content.append(text.charAt(at));
    }
    at++;
    return content.toString();
  }

  private List<Object> list() {
    List<Object> items = new ArrayList<>();
    at++;
    while (text.charAt(at) != ']') {
      items.add(value());
      separator();
    }
    at++;
    return items;
  }

  private Map<Object, Object> map() {
    Map<Object, Object> entries = new LinkedHashMap<>();
    at++;
    while (text.charAt(at) != '}') {
      String key = string();
      at += ": ".length();
      entries.put(key, value());
      separator();
    }
    at++;
    return entries;
  }

  private void separator() {
    if (text.charAt(at) == ',') {
      at += ", ".length();
    }
  }

  private Object word() {
    int start = at;
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      case "" -> throw wrong();
      default -> number(word);
    };
  }

  private static Object number(String word) {
    return word.indexOf('.') < 0 ? (Object) Long.valueOf(word) : Double.valueOf(word);
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("not a literal at character " + at + ": " + text);
  }
}

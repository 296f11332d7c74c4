package salt.common.jinja.value;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.payload.OrderedDict;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Text of values and values that are text. */
public final class Texts {
  private static final int DEEPEST = 200;

  private Texts() {}

  /** What Python's {@code str} gives. */
  public static String str(Object value) {
    if (value instanceof String text) {
      return text;
    } else if (value instanceof PythonObject object) {
      return object.text();
    } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      return repr(value);
    }
    return PythonText.str(value);
  }

  /** What Python's {@code repr} gives. */
  public static String repr(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value, 0);
    Arithmetic.checkSize(out.length());
    return out.toString();
  }

  /** Whether it is text: a str or a Markup. */
  public static boolean isText(Object value) {
    return value instanceof String || value instanceof Markup;
  }

  /** The text of a str or a Markup; null for other values. */
  public static String orNull(Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value instanceof Markup markup ? markup.content() : null;
  }

  /** {@code text} as the type of {@code model}: what methods of a Markup give is Markup. */
  public static Object like(Object model, String text) {
    return model instanceof Markup ? new Markup(text) : text;
  }

  /** The number of characters (code points). */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The characters, each as text. */
  public static List<Object> characters(String text) {
    return text.codePoints().<Object>mapToObj(Character::toString).toList();
  }

  /** The characters from one index to another, both in code points. */
  public static String slice(String text, int start, int end) {
    if (length(text) == text.length()) {
      return text.substring(start, end);
    }
    int first = text.offsetByCodePoints(0, start);
    return text.substring(first, text.offsetByCodePoints(first, end - start));
  }

  private static void append(StringBuilder out, Object value, int depth) {
    Arithmetic.checkSize(out.length());
    if (depth > DEEPEST) {
      out.append("...");
    } else if (value instanceof OrderedDict map) {
      appendOrdered(out, map, depth);
    } else if (value instanceof Map<?, ?> map) {
      appendMap(out, map, depth);
    } else if (value instanceof Tuple tuple) {
      appendItems(out, tuple, "(", tuple.size() == 1 ? ",)" : ")", depth);
    } else if (value instanceof Set<?> set) {
      appendItems(out, set, set.isEmpty() ? "set(" : "{", set.isEmpty() ? ")" : "}", depth);
    } else if (value instanceof Collection<?> items) {
      appendItems(out, items, "[", "]", depth);
    } else if (value instanceof PythonObject) {
      out.append(value);
    } else {
      out.append(PythonText.repr(value));
    }
  }

  private static void appendOrdered(StringBuilder out, OrderedDict map, int depth) {
    out.append("OrderedDict(");
    if (!map.isEmpty()) {
      String separator = "[(";
      for (Map.Entry<Object, Object> entry : map.entrySet()) {
        out.append(separator);
        append(out, entry.getKey(), depth + 1);
        out.append(", ");
        append(out, entry.getValue(), depth + 1);
        separator = "), (";
      }
      out.append(")]");
    }
    out.append(')');
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map, int depth) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      append(out, entry.getKey(), depth + 1);
      out.append(": ");
      append(out, entry.getValue(), depth + 1);
      separator = ", ";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void appendItems(
      StringBuilder out, Collection<?> items, String open, String close, int depth) {
    out.append(open);
    String separator = "";
    for (Object item : items) {
      out.append(separator);
      append(out, item, depth + 1);
      separator = ", ";
    }
    out.append(close);
  }
}

package salt.common.payload;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values in the text that Python gives for them, as users of Salt know it from its output. */
public final class PythonText {
  private static final int NANOSECONDS_PER_MICROSECOND = 1000;

  private PythonText() {}

  /** What Python's {@code repr} gives: text in quotes, containers with the repr of their items. */
  public static String repr(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /**
   * What Python's {@code str} gives: text as it is, dates in ISO form, the rest as {@link #repr}.
   */
  public static String str(Object value) {
    if (value instanceof CharSequence || value instanceof LocalDate) {
      return value.toString();
    } else if (value instanceof LocalDateTime time) {
      return time.toLocalDate() + " " + timeOfDay(time.toLocalTime());
    }
    return repr(value);
  }

  /**
   * What Python's {@code pprint.pformat} gives: keys sorted, broken at 80 columns.
   *
   * @param indent blanks for each level, 1 unless someone asks for more
   */
  public static String pretty(Object value, int indent) {
    return new PrettyPrint(indent).format(value);
  }

  /** Whether Python takes the value for true: not null, false, zero, or empty. */
  public static boolean truth(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    } else if (value instanceof Number number) {
      return number.doubleValue() != 0;
    } else if (value instanceof CharSequence text) {
      return !text.isEmpty();
    } else if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    } else if (value instanceof Bytes bytes) {
      return bytes.length() > 0;
    }
    return value != null;
  }

  /**
   * The lines of a text, at every line boundary that Python's {@code str.splitlines} knows; an end
   * of line at the end of the text opens no further line.
   */
  public static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : linesWithEnds(text)) {
      int end = line.length();
      if (line.endsWith("\r\n")) {
        end -= 2;
      } else if (isLineEnd(line.charAt(end - 1))) {
        end--;
      }
      lines.add(line.substring(0, end));
    }
    return lines;
  }

  static List<String> linesWithEnds(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean first = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (isLineEnd(c) && !first) {
        lines.add(text.substring(start, i + 1));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  private static void append(StringBuilder out, Object value) {
    if (value == null) {
      out.append("None");
    } else if (value instanceof Boolean flag) {
      out.append(flag ? "True" : "False");
    } else if (value instanceof CharSequence text) {
      appendText(out, text.toString());
    } else if (value instanceof Double || value instanceof Float) {
      out.append(PythonFloat.repr(((Number) value).doubleValue()));
    } else if (value instanceof Bytes bytes) {
      appendBytes(out, bytes.toArray());
    } else if (value instanceof Map<?, ?> map) {
      appendMap(out, map);
    } else if (value instanceof Set<?> set) {
      appendItems(out, set.isEmpty() ? "set(" : "{", set, set.isEmpty() ? ")" : "}");
    } else if (value instanceof Tuple tuple) {
      appendItems(out, "(", tuple, tuple.size() == 1 ? ",)" : ")");
    } else if (value instanceof Collection<?> items) {
      appendItems(out, "[", items, "]");
    } else if (value instanceof LocalDate date) {
      out.append("datetime.date(").append(dateArguments(date)).append(')');
    } else if (value instanceof LocalDateTime time) {
      appendTime(out, time);
    } else {
      out.append(value);
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      append(out, entry.getKey());
      out.append(": ");
      append(out, entry.getValue());
      separator = ", ";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void appendItems(
      StringBuilder out, String open, Collection<?> items, String close) {
    out.append(open);
    for (Iterator<?> item = items.iterator(); item.hasNext(); ) {
      append(out, item.next());
      if (item.hasNext()) {
        out.append(", ");
      }
    }
    out.append(close);
  }

  private static void appendTime(StringBuilder out, LocalDateTime time) {
    out.append("datetime.datetime(").append(dateArguments(time.toLocalDate()));
    out.append(", ").append(time.getHour()).append(", ").append(time.getMinute());
    int microsecond = time.getNano() / NANOSECONDS_PER_MICROSECOND;
    if (time.getSecond() != 0 || microsecond != 0) {
      out.append(", ").append(time.getSecond());
    }
    if (microsecond != 0) {
      out.append(", ").append(microsecond);
    }
    out.append(')');
  }

  private static String dateArguments(LocalDate date) {
    return date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth();
  }

  private static String timeOfDay(LocalTime time) {
    int microsecond = time.getNano() / NANOSECONDS_PER_MICROSECOND;
    String seconds = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
    return microsecond == 0 ? seconds : seconds + ".%06d".formatted(microsecond);
  }

  private static void appendText(StringBuilder out, String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(c -> appendCharacter(out, c, quote));
    out.append(quote);
  }

  private static void appendCharacter(StringBuilder out, int c, char quote) {
    if (appendEscape(out, c, quote)) {
      return;
    }
    if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c < 0x100) {
      out.append("\\x%02x".formatted(c));
    } else if (c < 0x10000) {
      out.append("\\u%04x".formatted(c));
    } else {
      out.append("\\U%08x".formatted(c));
    }
  }

  private static boolean appendEscape(StringBuilder out, int c, char quote) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c != quote) {
          return false;
        }
        out.append('\\').append(quote);
      }
    }
    return true;
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static void appendBytes(StringBuilder out, byte[] bytes) {
    boolean single = false;
    boolean twice = false;
    for (byte b : bytes) {
      single |= b == '\'';
      twice |= b == '"';
    }
    char quote = single && !twice ? '"' : '\'';
    out.append('b').append(quote);
    for (byte b : bytes) {
      int c = Byte.toUnsignedInt(b);
      boolean escaped = appendEscape(out, c, quote);
      if (!escaped && c >= ' ' && c < 0x7f) {
        out.append((char) c);
      } else if (!escaped) {
        out.append("\\x%02x".formatted(c));
      }
    }
    out.append(quote);
  }
}

package salt.common.payload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's pprint: what does not fit into 80 columns gets a line for each item. */
final class PrettyPrint {
  private static final int WIDTH = 80;
  private static final int BYTES_IN_A_GROUP = 4;
  private static final Pattern WORD = Pattern.compile("\\S*\\s*", Pattern.UNICODE_CHARACTER_CLASS);

  private final StringBuilder out = new StringBuilder();
  private final int step;
  private int level;

  PrettyPrint(int step) {
    this.step = step;
  }

  String format(Object value) {
    write(value, 0, 0);
    return out.toString();
  }

  /** Writes {@code value} at column {@code indent}, with {@code allowance} columns to follow it. */
  private void write(Object value, int indent, int allowance) {
    String plain = PythonText.repr(sorted(value));
    if (length(plain) <= WIDTH - indent - allowance) {
      out.append(plain);
      return;
    }
    level++;
    if (value instanceof Map<?, ?> map) {
      writeMap(map, indent + step, allowance + 1);
    } else if (value instanceof Set<?> set) {
      writeItems("{", sortedKeys(set), "}", indent + step, allowance + 1);
    } else if (value instanceof Tuple tuple) {
      String close = tuple.size() == 1 ? ",)" : ")";
      writeItems("(", tuple, close, indent + step, allowance + close.length());
    } else if (value instanceof Collection<?> items) {
      writeItems("[", items, "]", indent + step, allowance + 1);
    } else if (value instanceof CharSequence text && !text.isEmpty()) {
      writeChunks(textChunks(text.toString(), indent, allowance), indent);
    } else if (value instanceof Bytes bytes && bytes.length() > BYTES_IN_A_GROUP) {
      writeChunks(byteChunks(bytes.toArray(), indent, allowance), indent);
    } else {
      out.append(plain);
    }
    level--;
  }

  private void writeMap(Map<?, ?> map, int indent, int allowance) {
    open("{");
    for (Iterator<Object> keys = sortedKeys(map.keySet()).iterator(); keys.hasNext(); ) {
      Object key = keys.next();
      String name = PythonText.repr(key);
      out.append(name).append(": ");
      int column = indent + length(name) + 2;
      write(map.get(key), column, keys.hasNext() ? 1 : allowance);
      if (keys.hasNext()) {
        newLine(",", indent);
      }
    }
    out.append('}');
  }

  private void writeItems(
      String open, Collection<?> items, String close, int indent, int allowance) {
    open(open);
    for (Iterator<?> item = items.iterator(); item.hasNext(); ) {
      Object next = item.next();
      write(next, indent, item.hasNext() ? 1 : allowance);
      if (item.hasNext()) {
        newLine(",", indent);
      }
    }
    out.append(close);
  }

  private void open(String bracket) {
    out.append(bracket).append(" ".repeat(Math.max(step - 1, 0)));
  }

  private void writeChunks(List<String> chunks, int indent) {
    boolean bracketed = level == 1 && chunks.size() > 1;
    out.append(bracketed ? "(" : "");
    for (int i = 0; i < chunks.size(); i++) {
      if (i > 0) {
        newLine("", level == 1 ? indent + 1 : indent);
      }
      out.append(chunks.get(i));
    }
    out.append(bracketed ? ")" : "");
  }

  /** Text alone in the document stands in brackets, which take a column on both sides. */
  private List<String> textChunks(String text, int indent, int allowance) {
    int bracket = level == 1 ? 1 : 0;
    int width = WIDTH - indent - bracket;
    int lastWidth = width - allowance - bracket;
    List<String> chunks = new ArrayList<>();
    List<String> lines = PythonText.linesWithEnds(text);
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      String whole = PythonText.repr(lines.get(i));
      if (length(whole) <= (last ? lastWidth : width)) {
        chunks.add(whole);
      } else {
        addWords(chunks, lines.get(i), width, last ? lastWidth : width);
      }
    }
    return chunks;
  }

  private static void addWords(List<String> chunks, String line, int width, int lastWidth) {
    String current = "";
    Matcher words = WORD.matcher(line);
    while (words.find() && !words.group().isEmpty()) {
      String candidate = current + words.group();
      int room = words.end() == line.length() ? lastWidth : width;
      if (length(PythonText.repr(candidate)) <= room) {
        current = candidate;
        continue;
      }
      if (!current.isEmpty()) {
        chunks.add(PythonText.repr(current));
      }
      current = words.group();
    }
    if (!current.isEmpty()) {
      chunks.add(PythonText.repr(current));
    }
  }

  private List<String> byteChunks(byte[] bytes, int indent, int allowance) {
    int bracket = level == 1 ? 1 : 0;
    int width = WIDTH - indent - bracket;
    List<String> chunks = new ArrayList<>();
    String current = "";
    int start = 0;
    int lastGroup = bytes.length / BYTES_IN_A_GROUP * BYTES_IN_A_GROUP;
    for (int i = 0; i < bytes.length; i += BYTES_IN_A_GROUP) {
      int end = Math.min(bytes.length, i + BYTES_IN_A_GROUP);
      String candidate = reprOfBytes(bytes, start, end);
      int room = i == lastGroup ? width - allowance - bracket : width;
      if (candidate.length() > room) {
        if (!current.isEmpty()) {
          chunks.add(current);
        }
        start = i;
        candidate = reprOfBytes(bytes, i, end);
      }
      current = candidate;
    }
    chunks.add(current);
    return chunks;
  }

  private static String reprOfBytes(byte[] bytes, int start, int end) {
    return PythonText.repr(Bytes.wrap(java.util.Arrays.copyOfRange(bytes, start, end)));
  }

  private void newLine(String before, int indent) {
    out.append(before).append('\n').append(" ".repeat(indent));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The same value with the keys of every map sorted. */
  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      sortedKeys(map.keySet()).forEach(key -> copy.put(key, sorted(map.get(key))));
      return copy;
    } else if (value instanceof Set<?> set) {
      return new LinkedHashSet<>(sortedKeys(set));
    } else if (value instanceof Tuple tuple) {
      return Tuple.of(tuple.stream().map(PrettyPrint::sorted).toList());
    } else if (value instanceof Collection<?> items) {
      List<Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(sorted(item)));
      return copy;
    }
    return value;
  }

  private static List<Object> sortedKeys(Collection<?> keys) {
    List<Object> sorted = new ArrayList<>(keys);
    Comparator<Object> byType = Comparator.comparing(PrettyPrint::typeName);
    sorted.sort(
        (a, b) -> {
          OptionalInt order = PythonOrder.compare(a, b);
          return order.isPresent() ? order.getAsInt() : byType.compare(a, b);
        });
    return sorted;
  }

  /** What Python names the type: keys that have no order are sorted by it. */
  private static String typeName(Object value) {
    if (value == null) {
      return "NoneType";
    } else if (value instanceof Number || value instanceof Boolean) {
      return "int";
    } else if (value instanceof Bytes) {
      return "bytes";
    } else if (value instanceof Tuple) {
      return "tuple";
    }
    return value instanceof CharSequence ? "str" : value.getClass().getSimpleName();
  }
}

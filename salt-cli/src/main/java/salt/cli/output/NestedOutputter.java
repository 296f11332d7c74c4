package salt.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** Salt's usual output: one line for each item, deeper ones indented. */
final class NestedOutputter implements Outputter {
  private static final int STEP = 4;

  @Override
  public String render(Object data, OutputOptions options) {
    return render(data, options, options.integer("nested_indent"));
  }

  /** Shows {@code data} beginning at a column. */
  static String render(Object data, OutputOptions options, int indent) {
    Page page = new Page(options);
    page.show(data, indent, "");
    return page.lines.toString();
  }

  /** Escape characters made harmless. */
  static String withoutEscapes(String text) {
    return text.replace('\u001b', '?');
  }

  /** The lines of one piece of data. */
  private static final class Page {
    private final StringJoiner lines = new StringJoiner("\n");
    private final Palette palette;
    private final boolean strip;
    private final Color container;
    private final Color list;

    Page(OutputOptions options) {
      palette = options.palette();
      strip = options.stripsColors();
      container = options.hasFailed() ? Color.RED : Color.CYAN;
      list = options.hasFailed() ? Color.RED : Color.GREEN;
    }

    /** Values that are neither text, number, list nor map leave no trace, as in Salt. */
    void show(Object value, int indent, String prefix) {
      if (value == null || value instanceof Boolean || value instanceof Number) {
        line(indent, Color.LIGHT_YELLOW, prefix + PythonText.repr(value), "");
      } else if (value instanceof String text) {
        showText(text, indent, prefix);
      } else if (value instanceof List<?> items) {
        for (Object item : items) {
          showItem(item, indent);
        }
      } else if (value instanceof Map<?, ?> map) {
        showMap(map, indent, prefix);
      }
    }

    private void showText(String text, int indent, String prefix) {
      String before = prefix;
      for (String each : PythonText.lines(strip ? withoutEscapes(text) : text)) {
        line(indent, Color.GREEN, before + each, "");
        before = " ".repeat(prefix.length());
      }
    }

    private void showItem(Object item, int indent) {
      if (item instanceof List || item instanceof Map) {
        line(indent, list, "|_", "");
        show(item, indent + 2, item instanceof Map ? "" : "- ");
      } else {
        show(item, indent, "- ");
      }
    }

    private void showMap(Map<?, ?> map, int indent, String prefix) {
      if (indent > 0) {
        line(indent, container, "----------", "");
      }
      for (Map.Entry<?, ?> entry : sorted(map).entrySet()) {
        line(indent, container, prefix + PythonText.str(entry.getKey()), ":");
        show(entry.getValue(), indent + STEP, "");
      }
    }

    private void line(int indent, Color color, String text, String suffix) {
      lines.add(" ".repeat(indent) + palette.paint(color, text) + suffix);
    }
  }

  /** In the order of the keys; keys without one are spelt out, and the later of two equal wins. */
  private static Map<?, ?> sorted(Map<?, ?> map) {
    Map<Object, Object> sorted = new LinkedHashMap<>();
    Optional<List<Object>> keys = PythonOrder.sorted(map.keySet());
    if (keys.isPresent()) {
      for (Object key : keys.get()) {
        sorted.put(key, map.get(key));
      }
      return sorted;
    }
    Map<Object, Object> spelt = new LinkedHashMap<>();
    map.forEach((key, value) -> spelt.put(PythonText.str(key), value));
    PythonOrder.sorted(spelt.keySet())
        .orElseThrow()
        .forEach(key -> sorted.put(key, spelt.get(key)));
    return sorted;
  }
}

package salt.cli.output;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** Lists of maps, of lists and of text as tables. */
final class TableOutputter implements Outputter {
  private static final int STEP = 4;

  @Override
  public String render(Object data, OutputOptions options) {
    List<String> lines = new ArrayList<>();
    show(lines, options.palette(), data, 0);
    return String.join("\n", lines);
  }

  private static void show(List<String> lines, Palette palette, Object value, int indent) {
    if (value instanceof Map<?, ?> map) {
      String blanks = " ".repeat(indent);
      for (Object key : sorted(map)) {
        lines.add(blanks + palette.paint(Color.DARK_GRAY, text(key)) + ":");
        lines.add(blanks + palette.paint(Color.DARK_GRAY, "----------"));
        show(lines, palette, map.get(key), indent + STEP);
      }
    } else if (value instanceof List<?> rows) {
      List<List<String>> cells = cells(rows);
      if (!cells.isEmpty()) {
        lines.addAll(new TextTable(palette, indent).lines(cells));
      }
    }
  }

  /** The rows of a list; none when they are of different kinds. */
  private static List<List<String>> cells(List<?> rows) {
    List<List<String>> cells = new ArrayList<>();
    if (rows.stream().allMatch(Map.class::isInstance)) {
      rows.forEach(row -> cells.add(values((Map<?, ?>) row)));
      if (!rows.isEmpty()) {
        cells.add(0, labels((Map<?, ?>) rows.get(0)));
      }
    } else if (rows.stream().allMatch(List.class::isInstance)) {
      rows.forEach(row -> cells.add(((List<?>) row).stream().map(TableOutputter::text).toList()));
    } else if (rows.stream().allMatch(TableOutputter::isText)) {
      rows.forEach(row -> cells.add(List.of(text(row))));
    } else if (rows.stream().noneMatch(TableOutputter::isRow)) {
      throw new UnfitData("a row must be a map, a list or text");
    }
    if (cells.stream().anyMatch(Collection::isEmpty)) {
      throw new UnfitData("a row has no cells");
    }
    return cells;
  }

  private static List<String> labels(Map<?, ?> row) {
    return sorted(row).stream().map(key -> title(text(key).replace('_', ' '))).toList();
  }

  private static List<String> values(Map<?, ?> row) {
    return sorted(row).stream().map(row::get).map(TableOutputter::spelt).toList();
  }

  private static String spelt(Object value) {
    return value instanceof Bytes ? text(value) : PythonText.str(value);
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof Bytes;
  }

  private static boolean isRow(Object value) {
    return isText(value) || value instanceof Map || value instanceof List;
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    } else if (value instanceof Bytes bytes) {
      return bytes.text().orElseThrow(() -> new UnfitData("bytes that are no text"));
    }
    throw new UnfitData("only text can be shown here");
  }

  private static List<Object> sorted(Map<?, ?> map) {
    return PythonOrder.sorted(map.keySet())
        .orElseThrow(() -> new UnfitData("the keys have no order"));
  }

  /** Every word with a capital letter first and small ones behind it. */
  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return out.toString();
  }
}

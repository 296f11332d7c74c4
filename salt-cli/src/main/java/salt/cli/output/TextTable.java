package salt.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells between lines, cells centred and wrapped at blanks. */
final class TextTable {
  private static final int WRAP_WIDTH = 50;

  private final Palette palette;
  private final String indent;

  TextTable(Palette palette, int indent) {
    this.palette = palette;
    this.indent = " ".repeat(indent);
  }

  /**
   * The lines of a table.
   *
   * @param rows cells by row; those beyond the end of the shortest row are not shown
   */
  List<String> lines(List<List<String>> rows) {
    List<List<List<String>>> blocks = rows.stream().map(TextTable::block).toList();
    int columns = rows.stream().mapToInt(List::size).min().orElse(0);
    int[] widths = new int[columns];
    for (List<List<String>> block : blocks) {
      for (List<String> line : block) {
        for (int i = 0; i < columns; i++) {
          widths[i] = Math.max(widths[i], length(line.get(i)));
        }
      }
    }
    List<String> out = new ArrayList<>();
    String separator = separator(widths);
    out.add(separator);
    for (List<List<String>> block : blocks) {
      block.forEach(line -> out.add(indent + palette.paint(Color.WHITE, row(line, widths))));
      out.add(separator);
    }
    return out;
  }

  private String separator(int[] widths) {
    int total = 1;
    for (int width : widths) {
      total += width + 3;
    }
    return indent + palette.paint(Color.LIGHT_GRAY, "-".repeat(total));
  }

  private static String row(List<String> cells, int[] widths) {
    List<String> centred = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      centred.add(center(cells.get(i), widths[i]));
    }
    return "| " + String.join(" | ", centred) + " |";
  }

  /** The lines of one row: as many as its shortest cell has, as Salt shows no more. */
  private static List<List<String>> block(List<String> cells) {
    List<String[]> wrapped = cells.stream().map(cell -> wrap(cell).split("\n", -1)).toList();
    int height = wrapped.stream().mapToInt(lines -> lines.length).min().orElse(0);
    List<List<String>> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      int at = i;
      lines.add(wrapped.stream().map(cell -> cell[at]).toList());
    }
    return lines;
  }

  private static String wrap(String text) {
    StringBuilder out = new StringBuilder();
    String separator = "";
    for (String word : text.split(" ", -1)) {
      String lastLine = out.substring(out.lastIndexOf("\n") + 1);
      String firstLine = word.split("\n", 2)[0];
      if (!separator.isEmpty()) {
        separator = length(lastLine) + length(firstLine) >= WRAP_WIDTH ? "\n" : " ";
      }
      out.append(separator).append(word);
      separator = " ";
    }
    return out.toString();
  }

  /** Python's {@code center}: an odd blank goes left in a field of odd width. */
  private static String center(String text, int width) {
    int blanks = width - length(text);
    int left = blanks / 2 + (blanks & width & 1);
    return " ".repeat(left) + text + " ".repeat(blanks - left);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

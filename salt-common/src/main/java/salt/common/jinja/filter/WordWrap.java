package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.payload.PythonText;

/** Breaks lines at blanks, so that none is too long. */
final class WordWrap {
  private static final Pattern AT_BLANKS = Pattern.compile("(?<=\\s)(?=\\S)|(?<=\\S)(?=\\s)");
  private static final Pattern AT_HYPHENS =
      Pattern.compile("(?<=\\s)(?=\\S)|(?<=\\S)(?=\\s)|(?<=[\\p{L}\\d_]{2}-)(?=[\\p{L}\\d_]{2})");

  private WordWrap() {}

  static Object wrap(Object value, Object[] a) {
    int width = Numbers.index(a[1]);
    boolean breaking = Truth.of(a[2]);
    String joint = a[3] == null ? "\n" : Texts.str(a[3]);
    Pattern split = Truth.of(a[4]) ? AT_HYPHENS : AT_BLANKS;
    if (width <= 0) {
      throw Errors.value("invalid width " + width + " (must be > 0)");
    }
    List<String> result = new ArrayList<>();
    for (String line : PythonText.lines(Texts.orNull(value))) {
      result.add(String.join(joint, lines(List.of(split.split(line, -1)), width, breaking)));
    }
    return Texts.like(value, String.join(joint, result));
  }

  private static List<String> lines(List<String> pieces, int width, boolean breaking) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : pieces) {
      String rest = piece;
      if (Texts.length(line.toString()) + Texts.length(rest) > width && !line.isEmpty()) {
        if (!(breaking && Texts.length(rest) > width && !rest.isBlank())) {
          flush(lines, line);
        }
      }
      if (rest.isBlank() && line.isEmpty() && !lines.isEmpty()) {
        continue;
      }
      while (breaking && Texts.length(line.toString()) + Texts.length(rest) > width) {
        int room = width - Texts.length(line.toString());
        if (room <= 0) {
          flush(lines, line);
          continue;
        }
        line.append(Texts.slice(rest, 0, room));
        rest = Texts.slice(rest, room, Texts.length(rest));
        flush(lines, line);
      }
      line.append(rest);
    }
    flush(lines, line);
    return lines;
  }

  private static void flush(List<String> lines, StringBuilder line) {
    String text = line.toString().stripTrailing();
    if (!text.isEmpty()) {
      lines.add(text);
    }
    line.setLength(0);
  }
}

package salt.cli.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks text into lines at blanks and behind hyphens. */
final class TextWrap {
  /** Blanks, or a word up to a hyphen inside of it or up to its end. */
  private static final Pattern PIECE =
      Pattern.compile("\\s+|\\S+?(?:(?<=\\p{L}{2}-)(?=\\p{L}{2})|(?=\\s|$))");

  private final int width;
  private final String indent;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder line = new StringBuilder();

  private TextWrap(int width, String indent) {
    this.width = width;
    this.indent = indent;
  }

  /** The text in lines of a width, which all but the first are indented to {@code indent}. */
  static String wrap(String text, int width, int indent) {
    TextWrap wrap = new TextWrap(width - indent, " ".repeat(indent));
    Matcher pieces = PIECE.matcher(text.replaceAll("\\s", " "));
    while (pieces.find()) {
      wrap.add(pieces.group());
    }
    wrap.endLine();
    return wrap.out.toString();
  }

  private void add(String piece) {
    if (line.length() + piece.length() <= width) {
      if (!line.isEmpty() || !piece.isBlank()) {
        line.append(piece);
      }
      return;
    }
    if (piece.length() > width) {
      int room = width - line.length();
      line.append(piece, 0, room);
      endLine();
      add(piece.substring(room));
      return;
    }
    endLine();
    add(piece);
  }

  private void endLine() {
    String text = line.toString().stripTrailing();
    if (!text.isEmpty()) {
      out.append(out.isEmpty() ? "" : "\n" + indent).append(text);
    }
    line.setLength(0);
  }
}

package salt.common.yaml;

import org.yaml.snakeyaml.error.Mark;
import salt.common.payload.PythonText;

/**
 * A place in a document.
 *
 * @param line from 1
 * @param column from 1
 * @param index the number of characters before it
 * @param document the whole text
 */
record Place(int line, int column, int index, String document) {
  private static final int LONGEST_SNIPPET = 75;

  static Place of(Mark mark, String document) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1, mark.getIndex(), document);
  }

  /** A place further on the same line. */
  Place plus(int characters) {
    return new Place(line, column + characters, index + characters, document);
  }

  /** The character here; 0 at the end of the document. */
  int character() {
    int offset = offset();
    return offset < document.length() ? document.codePointAt(offset) : 0;
  }

  /** The character here as messages show it. */
  String shown() {
    return PythonText.repr(Character.toString(character()));
  }

  private int offset() {
    int characters = document.codePointCount(0, document.length());
    return document.offsetByCodePoints(0, Math.min(index, characters));
  }

  private static boolean isEnd(char c) {
    return c == 0 || Characters.isBreak(c);
  }

  /** Name, line and column, and the line with a mark below. */
  String text(String name) {
    int here = offset();
    int start = here;
    while (start > 0 && !isEnd(document.charAt(start - 1))) {
      start--;
    }
    int end = here;
    while (end < document.length() && !isEnd(document.charAt(end))) {
      end++;
    }
    // Of a long line only the surroundings of the place are shown.
    String head = "";
    if (here - start > LONGEST_SNIPPET / 2 - 1) {
      head = " ... ";
      start = here - LONGEST_SNIPPET / 2 + 6;
    }
    String tail = "";
    if (end - here > LONGEST_SNIPPET / 2 - 1) {
      tail = " ... ";
      end = here + LONGEST_SNIPPET / 2 - 6;
    }
    String blanks = " ".repeat(4 + here - start + head.length());
    String snippet = head + document.substring(start, end) + tail;
    return "  in \"%s\", line %d, column %d:\n    %s\n%s^"
        .formatted(name, line, column, snippet, blanks);
  }

  /** Name and number of the character. */
  String position(String name) {
    return "  in \"" + name + "\", position " + index;
  }
}

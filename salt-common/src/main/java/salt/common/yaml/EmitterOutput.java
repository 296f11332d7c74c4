package salt.common.yaml;

/** The text written so far and what the emitter must know of its end. */
final class EmitterOutput {
  private final StringBuilder out = new StringBuilder();
  private int column;
  private boolean whitespace = true;
  private boolean indention = true;

  /** The level at which the current node stands, in columns. */
  private int indent = -1;

  int indent() {
    return indent;
  }

  void indent(int columns) {
    indent = columns;
  }

  int column() {
    return column;
  }

  /** Whether nothing but indentation stands on the line. */
  boolean indention() {
    return indention;
  }

  void indention(boolean only) {
    indention = only;
  }

  void whitespace(boolean blank) {
    whitespace = blank;
  }

  /** Writes a character on this line. */
  void put(int c) {
    out.appendCodePoint(c);
    column++;
  }

  /** Ends the line. */
  void breakLine() {
    breakLine('\n');
  }

  /** Ends the line with one of the characters that do. */
  void breakLine(int c) {
    out.appendCodePoint(c);
    column = 0;
  }

  /** Writes a blank, if the last character was none. */
  void separate() {
    if (!whitespace) {
      put(' ');
    }
  }

  /** Moves to the column of the current level, on a new line if this one has text. */
  void moveToIndent() {
    int target = Math.max(indent, 0);
    if (!indention || column > target || (column == target && !whitespace)) {
      breakLine();
    }
    while (column < target) {
      put(' ');
    }
    whitespace = true;
    indention = true;
  }

  /** Writes an opening bracket, behind a blank; what follows needs none. */
  void open(char bracket) {
    separate();
    word(String.valueOf(bracket));
    whitespace = true;
  }

  /** Writes a sign that follows the text without a blank. */
  void close(String sign) {
    word(sign);
  }

  /** Writes a sign, behind a blank. */
  void sign(String sign) {
    separate();
    word(sign);
  }

  /** Writes {@code -}, {@code ?} or {@code :} of a block, which count as indentation. */
  void blockSign(char sign) {
    separate();
    put(sign);
    whitespace = false;
  }

  private void word(String word) {
    word.codePoints().forEach(this::put);
    whitespace = false;
    indention = false;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

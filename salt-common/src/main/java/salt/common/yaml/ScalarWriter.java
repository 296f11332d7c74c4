package salt.common.yaml;

/** Writes scalars in a style that was found possible. */
final class ScalarWriter {
  private static final String ESCAPED =
      "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029";
  private static final String ESCAPES = "0abtnvfre\"\\N_LP";

  private final EmitterOutput out;
  private final DumpStyle style;
  private final int bestIndent;
  private final int bestWidth;

  /** Whether the last block kept all its ends of line. */
  private boolean openEnded;

  ScalarWriter(EmitterOutput out, DumpStyle style, int bestIndent, int bestWidth) {
    this.out = out;
    this.style = style;
    this.bestIndent = bestIndent;
    this.bestWidth = bestWidth;
  }

  /** Whether the document needs a sign that it is over, as its last block would not end else. */
  boolean isOpenEnded() {
    return openEnded;
  }

  /** Writes without quotes; lines are folded if {@code mayFold}. */
  void plain(String text, boolean mayFold) {
    int[] characters = text.codePoints().toArray();
    if (characters.length > 0) {
      out.separate();
    }
    folding(characters, mayFold, false);
    out.whitespace(false);
    out.indention(false);
  }

  void singleQuoted(String text, boolean mayFold) {
    out.sign("'");
    if (folding(text.codePoints().toArray(), mayFold, true)) {
      out.moveToIndent();
    }
    out.close("'");
  }

  /** Returns whether the text ended with an end of line. */
  private boolean folding(int[] text, boolean mayFold, boolean quoted) {
    boolean spaces = false;
    boolean breaks = false;
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      if (c == ' ') {
        boolean inside = !quoted || (i > 0 && i < text.length - 1);
        boolean alone = !spaces && (i + 1 == text.length || text[i + 1] != ' ');
        if (mayFold && inside && alone && out.column() > bestWidth) {
          out.moveToIndent();
        } else {
          out.put(c);
        }
        spaces = true;
      } else if (Characters.isBreak(c)) {
        if (!breaks && c == '\n') {
          out.breakLine();
        }
        out.breakLine(c);
        out.indention(true);
        breaks = true;
      } else {
        if (breaks) {
          out.moveToIndent();
        }
        if (quoted && c == '\'') {
          out.put(c);
        }
        out.put(c);
        out.indention(false);
        spaces = false;
        breaks = false;
      }
    }
    return breaks;
  }

  void doubleQuoted(String text, boolean mayFold) {
    int[] characters = text.codePoints().toArray();
    boolean spaces = false;
    out.sign("\"");
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      if (needsEscape(c)) {
        escape(c);
        spaces = false;
      } else if (c == ' ') {
        boolean inside = i > 0 && i < characters.length - 1;
        if (mayFold && inside && !spaces && out.column() > bestWidth) {
          out.moveToIndent();
          if (characters[i + 1] == ' ') {
            out.put('\\');
          }
        } else {
          out.put(c);
        }
        spaces = true;
      } else {
        out.put(c);
        spaces = false;
      }
    }
    out.close("\"");
  }

  private boolean needsEscape(int c) {
    return !Characters.isPrintable(c)
        || Characters.isBreak(c)
        || (c > 0x7f && !style.unicode())
        || c == '"'
        || c == '\\';
  }

  private void escape(int c) {
    int known = ESCAPED.indexOf(c);
    String escape;
    if (known >= 0) {
      escape = String.valueOf(ESCAPES.charAt(known));
    } else if (c <= 0xff) {
      escape = "x%02X".formatted(c);
    } else {
      escape = c <= 0xffff ? "u%04X".formatted(c) : "U%08X".formatted(c);
    }
    out.put('\\');
    escape.chars().forEach(out::put);
  }

  void literal(String text) {
    int[] characters = text.codePoints().toArray();
    beginBlock("|", characters);
    boolean breaks = true;
    for (int c : characters) {
      if (Characters.isBreak(c)) {
        out.breakLine(c);
        breaks = true;
      } else {
        if (breaks) {
          out.moveToIndent();
        }
        out.put(c);
        breaks = false;
      }
      out.indention(breaks);
    }
  }

  void folded(String text) {
    int[] characters = text.codePoints().toArray();
    beginBlock(">", characters);
    boolean breaks = true;
    boolean leadingSpaces = true;
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      if (Characters.isBreak(c)) {
        if (!breaks && !leadingSpaces && c == '\n' && !blankBehindBreaks(characters, i)) {
          out.breakLine();
        }
        out.breakLine(c);
        breaks = true;
      } else {
        if (breaks) {
          out.moveToIndent();
          leadingSpaces = c == ' ' || c == '\t';
        }
        boolean alone = c == ' ' && (i + 1 == characters.length || characters[i + 1] != ' ');
        if (!breaks && alone && out.column() > bestWidth) {
          out.moveToIndent();
        } else {
          out.put(c);
        }
        breaks = false;
      }
      out.indention(breaks);
    }
  }

  private static boolean blankBehindBreaks(int[] text, int start) {
    int i = start;
    while (i < text.length && Characters.isBreak(text[i])) {
      i++;
    }
    return i == text.length || Characters.isBlank(text[i]);
  }

  /**
   * The sign, the indentation if the text does not show it, and what is done with its last break.
   */
  private void beginBlock(String sign, int[] text) {
    out.sign(sign);
    if (text.length > 0 && (text[0] == ' ' || Characters.isBreak(text[0]))) {
      out.close(String.valueOf(bestIndent));
    }
    boolean ended = text.length > 0 && Characters.isBreak(text[text.length - 1]);
    openEnded = ended && (text.length == 1 || Characters.isBreak(text[text.length - 2]));
    if (!ended) {
      out.close("-");
    } else if (openEnded) {
      out.close("+");
    }
    out.breakLine();
    out.indention(true);
    out.whitespace(true);
  }
}

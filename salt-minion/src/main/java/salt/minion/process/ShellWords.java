package salt.minion.process;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a shell does, without expanding anything. */
public final class ShellWords {
  private final String line;
  private final List<String> words = new ArrayList<>();
  private StringBuilder word;
  private int position;

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * The words of a line: blanks divide, quotes and backslashes keep together.
   *
   * @throws IllegalArgumentException when a quotation or an escape does not end
   */
  public static List<String> split(String line) {
    return new ShellWords(line).read();
  }

  /** The text in single quotes where a shell would change it otherwise. */
  public static String quote(String text) {
    if (text.matches("[A-Za-z0-9_@%+=:,./-]+")) {
      return text;
    }
    return "'" + text.replace("'", "'\"'\"'") + "'";
  }

  private List<String> read() {
    while (position < line.length()) {
      char c = line.charAt(position++);
      switch (c) {
        case ' ', '\t', '\r', '\n' -> endWord();
        case '\'' -> quoted('\'');
        case '"' -> quoted('"');
        case '\\' -> word().append(escaped());
        default -> word().append(c);
      }
    }
    endWord();
    return words;
  }

  private StringBuilder word() {
    if (word == null) {
      word = new StringBuilder();
    }
    return word;
  }

  private void endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }

  private char escaped() {
    if (position == line.length()) {
      throw new IllegalArgumentException("No escaped character");
    }
    return line.charAt(position++);
  }

  private void quoted(char quote) {
    StringBuilder text = word();
    while (position < line.length()) {
      char c = line.charAt(position++);
      if (c == quote) {
        return;
      } else if (c == '\\' && quote == '"') {
        char next = escaped();
        text.append(next == '"' || next == '\\' ? "" : "\\").append(next);
      } else {
        text.append(c);
      }
    }
    throw new IllegalArgumentException("No closing quotation");
  }
}

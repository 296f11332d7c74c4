package salt.common.jinja.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.common.jinja.syntax.Token.Kind;
import salt.common.jinja.value.Spaces;
import salt.common.jinja.value.Texts;

/** Cuts a template into tokens. */
public final class Lexer {
  private final String source;
  private final Delimiters marks;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int counted;
  private boolean atLineStart = true;

  private Lexer(String source, Delimiters marks) {
    this.source = source;
    this.marks = marks;
  }

  /** The text with all ends of line as {@code \n}, the last one only if it is to stay. */
  public static String normalized(String text, Delimiters marks) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    boolean cut = !marks.keepTrailingNewline() && lines.endsWith("\n");
    return cut ? lines.substring(0, lines.length() - 1) : lines;
  }

  /**
   * The tokens of a template. What can't be read ends them with a token of kind ERROR, so that a
   * problem before it is reported first.
   *
   * @param source the template after {@link #normalized}
   */
  public static List<Token> tokens(String source, Delimiters marks) {
    Lexer lexer = new Lexer(source, marks);
    try {
      while (lexer.at < source.length()) {
        lexer.data();
      }
      lexer.end();
    } catch (SyntaxProblem problem) {
      lexer.add(Kind.ERROR, "", problem);
    }
    return lexer.tokens;
  }

  /** The end counts as being where the last token is. */
  private void end() {
    Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    int lastLine = last == null ? 1 : last.line();
    tokens.add(new Token(Kind.END, "", null, lastLine, last == null ? 1 : last.column()));
  }

  private void add(Kind kind, String text, Object value) {
    add(kind, text, value, at);
  }

  private void add(Kind kind, String text, Object value, int start) {
    count(start);
    tokens.add(new Token(kind, text, value, line, start - lineStart + 1));
  }

  /** Moves the count of lines forward to this place. */
  private void count(int to) {
    for (; counted < to; counted++) {
      if (source.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
  }

  private SyntaxProblem problem(String message) {
    count(at);
    return new SyntaxProblem(message, line, at - lineStart + 1, false);
  }

  private enum Opening {
    COMMENT,
    BLOCK,
    VARIABLE,
    LINE_STATEMENT,
    LINE_COMMENT
  }

  private record Found(Opening opening, int start, int length) {}

  private void data() {
    int start = at;
    Found found = nearest();
    if (found == null) {
      text(start, source.length(), source.length());
      return;
    }
    int behind = found.start() + found.length();
    if (found.opening() == Opening.LINE_STATEMENT || found.opening() == Opening.LINE_COMMENT) {
      text(start, found.start(), behind);
      line(found, behind);
      return;
    }
    char sign = behind < source.length() ? source.charAt(behind) : 0;
    boolean signed = sign == '-' || sign == '+';
    int end = found.start();
    if (sign == '-') {
      while (end > start && Spaces.isSpace(source.charAt(end - 1))) {
        end--;
      }
    } else if (marks.stripBlocks() && sign != '+' && found.opening() != Opening.VARIABLE) {
      end = withoutIndent(start, end);
    }
    text(start, end, found.start());
    at = behind + (signed ? 1 : 0);
    open(found);
  }

  private int withoutIndent(int start, int end) {
    int lineBegin = source.lastIndexOf('\n', end - 1) + 1;
    boolean inside = lineBegin > start || (lineBegin <= start && atLineStart);
    int from = Math.max(start, lineBegin);
    boolean blank = source.substring(from, end).codePoints().allMatch(Spaces::isSpace);
    return inside && blank ? from : end;
  }

  private void text(int start, int end, int next) {
    if (end > start) {
      String text = source.substring(start, end);
      add(Kind.DATA, withNewlines(text), null, start);
    }
    at = next;
  }

  private String withNewlines(String text) {
    return "\n".equals(marks.newline()) ? text : text.replace("\n", marks.newline());
  }

  private Found nearest() {
    Found best = null;
    best = better(best, Opening.COMMENT, marks.commentStart());
    best = better(best, Opening.BLOCK, marks.blockStart());
    best = better(best, Opening.VARIABLE, marks.variableStart());
    if (marks.linePrefix() != null) {
      best = betterLine(best);
    }
    if (marks.lineCommentPrefix() != null) {
      int start = source.indexOf(marks.lineCommentPrefix(), at);
      if (start >= 0) {
        int end = start + marks.lineCommentPrefix().length();
        while (start > at
            && (source.charAt(start - 1) == ' ' || source.charAt(start - 1) == '\t')) {
          start--;
        }
        best = nearer(best, new Found(Opening.LINE_COMMENT, start, end - start));
      }
    }
    return best;
  }

  private Found better(Found best, Opening opening, String mark) {
    int start = source.indexOf(mark, at);
    return start < 0 ? best : nearer(best, new Found(opening, start, mark.length()));
  }

  private static Found nearer(Found best, Found other) {
    boolean nearer =
        best == null
            || other.start() < best.start()
            || (other.start() == best.start() && other.length() > best.length());
    return nearer ? other : best;
  }

  private Found betterLine(Found best) {
    String prefix = marks.linePrefix();
    for (int start = source.indexOf(prefix, at);
        start >= 0;
        start = source.indexOf(prefix, start + 1)) {
      int from = start;
      while (from > at && (source.charAt(from - 1) == ' ' || source.charAt(from - 1) == '\t')) {
        from--;
      }
      if (from == 0 || source.charAt(from - 1) == '\n') {
        return nearer(
            best, new Found(Opening.LINE_STATEMENT, from, start + prefix.length() - from));
      }
    }
    return best;
  }

  private void line(Found found, int behind) {
    at = behind;
    if (found.opening() == Opening.LINE_COMMENT) {
      int end = source.indexOf('\n', at);
      at = end < 0 ? source.length() : end;
      return;
    }
    if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
      at++;
    }
    add(Kind.BLOCK_BEGIN, "", null, found.start());
    new ExpressionLexer().run(null);
  }

  private void open(Found found) {
    switch (found.opening()) {
      case COMMENT -> comment(found);
      case BLOCK -> {
        if (!raw()) {
          add(Kind.BLOCK_BEGIN, "", null, found.start());
          new ExpressionLexer().run(Kind.BLOCK_END);
        }
      }
      default -> {
        add(Kind.VARIABLE_BEGIN, "", null, found.start());
        new ExpressionLexer().run(Kind.VARIABLE_END);
      }
    }
  }

  private void comment(Found found) {
    int end = source.indexOf(marks.commentEnd(), at);
    if (end < 0) {
      at = Math.min(source.length(), found.start() + found.length());
      throw problem("Missing end of comment tag");
    }
    at = end;
    closed(source.charAt(Math.max(0, end - 1)), end + marks.commentEnd().length());
  }

  /** Goes behind a closing tag: {@code -} takes all blanks, trimming takes one end of line. */
  private void closed(char sign, int behind) {
    at = behind;
    if (sign == '-') {
      while (at < source.length() && Spaces.isSpace(source.charAt(at))) {
        at++;
      }
    } else if (sign != '+'
        && marks.trimBlocks()
        && at < source.length()
        && source.charAt(at) == '\n') {
      at++;
    }
    atLineStart = at > 0 && source.charAt(at - 1) == '\n';
  }

  private int skipSpaces(int from) {
    int next = from;
    while (next < source.length() && Spaces.isSpace(source.charAt(next))) {
      next++;
    }
    return next;
  }

  private boolean raw() {
    int word = skipSpaces(at);
    if (!source.startsWith("raw", word)) {
      return false;
    }
    int end = skipSpaces(word + 3);
    boolean stripped = source.startsWith("-" + marks.blockEnd(), end);
    if (!stripped && !source.startsWith(marks.blockEnd(), end)) {
      return false;
    }
    int start = at;
    at = end + marks.blockEnd().length() + (stripped ? 1 : 0);
    if (stripped) {
      at = skipSpaces(at);
    }
    if (at < source.length()) {
      rawText(start);
    }
    return true;
  }

  private void rawText(int opening) {
    int from = at;
    int begin = source.indexOf(marks.blockStart(), at);
    for (; begin >= 0; begin = source.indexOf(marks.blockStart(), begin + 1)) {
      int next = begin + marks.blockStart().length();
      char sign = next < source.length() ? source.charAt(next) : 0;
      int word = skipSpaces(sign == '-' || sign == '+' ? next + 1 : next);
      if (!source.startsWith("endraw", word)) {
        continue;
      }
      int end = skipSpaces(word + "endraw".length());
      char close = end < source.length() ? source.charAt(end) : 0;
      int mark = close == '-' || close == '+' ? end + 1 : end;
      if (source.startsWith(marks.blockEnd(), mark)) {
        int last = begin;
        while (sign == '-' && last > from && Spaces.isSpace(source.charAt(last - 1))) {
          last--;
        }
        if (sign != '-' && sign != '+' && marks.stripBlocks()) {
          last = withoutIndent(from, last);
        }
        text(from, last, begin);
        closed(mark == end ? 0 : close, mark + marks.blockEnd().length());
        return;
      }
    }
    at = opening;
    throw problem("Missing end of raw directive");
  }

  /** Reads what stands within tags. */
  private final class ExpressionLexer {
    private final StringBuilder open = new StringBuilder();

    /** Up to the end of a tag of this kind; null: up to the end of a line. */
    void run(Kind end) {
      while (at < source.length()) {
        if (open.isEmpty() && ended(end)) {
          return;
        }
        char c = source.charAt(at);
        if (Spaces.isSpace(c)) {
          at++;
        } else if (!number(c) && !name() && !string(c)) {
          operator(c);
        }
      }
      if (end == null) {
        add(Kind.BLOCK_END, "", null);
      }
    }

    private boolean ended(Kind end) {
      if (end == null) {
        int next = at;
        while (next < source.length()
            && Spaces.isSpace(source.charAt(next))
            && source.charAt(next) != '\n') {
          next++;
        }
        if (next < source.length() && source.charAt(next) == '\n') {
          add(Kind.BLOCK_END, "", null);
          at = next + 1;
          atLineStart = true;
          return true;
        }
        return false;
      }
      String mark = end == Kind.BLOCK_END ? marks.blockEnd() : marks.variableEnd();
      char c = source.charAt(at);
      boolean sign = c == '-' || (c == '+' && end == Kind.BLOCK_END);
      if (source.startsWith(mark, sign ? at + 1 : at)) {
        add(end, "", null);
        int behind = at + mark.length() + (sign ? 1 : 0);
        closed(sign ? c : end == Kind.VARIABLE_END ? '+' : 0, behind);
        return true;
      }
      return false;
    }

    private boolean number(char first) {
      if (first < '0' || first > '9') {
        return false;
      }
      int length =
          at > 0 && source.charAt(at - 1) == '.' ? 0 : NumberLiteral.floatLength(source, at);
      if (length > 0) {
        String text = source.substring(at, at + length);
        add(Kind.FLOAT, text, Double.valueOf(text.replace("_", "")));
      } else {
        length = NumberLiteral.integerLength(source, at);
        String text = source.substring(at, at + length);
        add(Kind.INTEGER, text, NumberLiteral.integer(text));
      }
      at += length;
      return true;
    }

    private boolean name() {
      int end = at;
      while (end < source.length() && isWord(source.codePointAt(end))) {
        end += Character.charCount(source.codePointAt(end));
      }
      if (end == at) {
        return false;
      }
      String name = source.substring(at, end);
      int first = name.codePointAt(0);
      if (first != '_' && !Character.isUnicodeIdentifierStart(first)) {
        throw problem("Invalid character in identifier");
      }
      add(Kind.NAME, name, null);
      at = end;
      return true;
    }

    private boolean isWord(int code) {
      return code == '_'
          || Character.isLetterOrDigit(code)
          || Character.getType(code) == Character.NON_SPACING_MARK;
    }

    private boolean string(char quote) {
      if (quote != '\'' && quote != '"') {
        return false;
      }
      int end = at + 1;
      while (end < source.length() && source.charAt(end) != quote) {
        end += source.charAt(end) == '\\' ? 2 : 1;
      }
      if (end >= source.length()) {
        return false;
      }
      String inside = source.substring(at + 1, end);
      try {
        String text = StringLiteral.unescape(withNewlines(inside));
        add(Kind.STRING, text, text);
      } catch (IllegalArgumentException wrong) {
        throw problem(wrong.getMessage());
      }
      at = end + 1;
      return true;
    }

    private void operator(char c) {
      String two = at + 1 < source.length() ? source.substring(at, at + 2) : "";
      String text = Operators.DOUBLE.contains(two) ? two : String.valueOf(c);
      if (!Operators.DOUBLE.contains(text) && Operators.SINGLE.indexOf(c) < 0) {
        int position = source.codePointCount(0, at);
        throw problem("unexpected char " + shown(source.codePointAt(at)) + " at " + position);
      }
      Character closing = Operators.BRACKETS.get(c);
      if (closing != null) {
        open.append(closing.charValue());
      } else if (c == ')' || c == ']' || c == '}') {
        close(c);
      }
      add(Kind.OPERATOR, text, null);
      at += text.length();
    }

    private String shown(int code) {
      return Texts.repr(Character.toString(code));
    }

    private void close(char c) {
      if (open.isEmpty()) {
        throw problem("unexpected '" + c + "'");
      }
      char expected = open.charAt(open.length() - 1);
      open.setLength(open.length() - 1);
      if (expected != c) {
        throw problem("unexpected '" + c + "', expected '" + expected + "'");
      }
    }
  }

  private static final class Operators {
    static final List<String> DOUBLE = List.of("//", "**", "==", "!=", ">=", "<=");
    static final String SINGLE = "+-/*%~[](){}><=.:|,;";
    static final Map<Character, Character> BRACKETS = Map.of('(', ')', '[', ']', '{', '}');

    private Operators() {}
  }
}

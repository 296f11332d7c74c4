package salt.common.job;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.payload.Bytes;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/**
 * Arguments as people type them, turned into values: {@code 1} is a number, {@code [a, b]} a list,
 * {@code name=value} a keyword argument.
 *
 * <p>Follows what Salt's command line does before it publishes, so that the same words give the
 * same {@code arg}.
 */
public final class ArgumentText {
  /** A name, an equals sign that is not doubled, and a value in one line. */
  private static final Pattern KEYWORD =
      Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_.-]*)=(?!=)([^\\n]*)\\n?");

  private static final Pattern DIGITS_AND_UNDERSCORES = Pattern.compile("[0-9_]*_[0-9_]*");

  private ArgumentText() {}

  /**
   * Turns words into the {@code arg} of a publication: positional values, then, if there are any
   * keyword arguments, one map of them marked with {@code __kwarg__}.
   *
   * @param words texts, which are read, and other values, which are kept; a map with {@code
   *     __kwarg__: True} is merged with the keyword arguments
   * @param noParse names of keyword arguments whose value stays text
   */
  public static List<Object> parse(Collection<?> words, Set<String> noParse) {
    return Arguments.ofWords(words, noParse).toPublication();
  }

  /** As above, everything parsed. */
  public static List<Object> parse(Collection<?> words) {
    return parse(words, Set.of());
  }

  /** A keyword argument as text: {@code name=value}; null when the text is none. */
  static Map.Entry<String, String> keyword(String text) {
    Matcher matcher = KEYWORD.matcher(text);
    return matcher.matches() ? Map.entry(matcher.group(1), matcher.group(2)) : null;
  }

  /**
   * The value of one text, read as YAML where that cannot surprise: texts with tabs or line ends,
   * numbers with underscores, dates, maps without braces and lists without brackets stay text, and
   * so does everything that is not YAML.
   *
   * @return null for {@code None} and YAML's nulls
   */
  public static Object value(String text) {
    String stripped = text.strip();
    boolean mark = stripped.isEmpty() || stripped.equals("---") || stripped.equals("...");
    // A percent sign begins a directive, which a single line cannot complete.
    if (mark
        || stripped.startsWith("%")
        || DIGITS_AND_UNDERSCORES.matcher(stripped).matches()
        || text.chars().anyMatch(code -> code == '\t' || code == '\r' || code == '\n')) {
      return text;
    }
    if (text.equals("None")) {
      return null;
    }
    try {
      return accepted(text, Yaml.load(text));
    } catch (YamlProblem e) {
      return text;
    }
  }

  private static Object accepted(String text, Object loaded) {
    if (text.indexOf('#') >= 0) {
      // What looks like a comment would be lost.
      return loaded == null || loaded instanceof String ? text : loaded;
    }
    if (loaded instanceof Map) {
      return text.startsWith("{") ? loaded : text;
    } else if (loaded instanceof List) {
      return text.startsWith("[") ? loaded : text;
    } else if (loaded == null) {
      return text.equals("!") ? text : null;
    } else if (loaded instanceof String word) {
      return word.isEmpty() && (text.equals("|") || text.equals("!")) ? text : word;
    }
    return loaded instanceof Bytes || loaded instanceof Temporal ? text : loaded;
  }
}

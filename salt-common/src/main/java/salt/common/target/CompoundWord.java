package salt.common.target;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One word of a compound target: an operator, {@code G@os:Rocky}, {@code G|@os|Rocky}, or a glob.
 *
 * @param text the whole word
 * @param engine the capital before the {@code @}; 0 without
 * @param delimiter the character between them; empty without
 * @param pattern what the engine gets
 */
record CompoundWord(String text, char engine, String delimiter, String pattern) {
  private static final Set<String> OPERATORS = Set.of("and", "or", "not", "(", ")");
  private static final Pattern BLANKS = Pattern.compile("[\\t-\\r\\x1c-\\x20\\x85\\p{Z}]+");
  private static final String ENGINES = "GPIJLNSER";
  private static final String ENGINES_WITH_DELIMITER = "GPIJ";

  static CompoundWord parse(String word) {
    if (word.isEmpty() || ENGINES.indexOf(word.charAt(0)) < 0) {
      return glob(word);
    }
    char engine = word.charAt(0);
    if (ENGINES_WITH_DELIMITER.indexOf(engine) >= 0 && word.length() > 1) {
      int end = word.offsetByCodePoints(1, 1);
      if (end + 1 < word.length() && word.charAt(end) == '@') {
        return new CompoundWord(word, engine, word.substring(1, end), word.substring(end + 1));
      }
    }
    if (word.length() > 2 && word.charAt(1) == '@') {
      return new CompoundWord(word, engine, "", word.substring(2));
    }
    return glob(word);
  }

  private static CompoundWord glob(String word) {
    return new CompoundWord(word, (char) 0, "", word);
  }

  boolean isOperator() {
    return OPERATORS.contains(text);
  }

  /** The delimiter, or the usual one. */
  String delimiterOrDefault() {
    return delimiter.isEmpty() ? FactExpression.DELIMITER : delimiter;
  }

  /**
   * The words of a target as it came: text split at blanks, or a list.
   *
   * @throws TargetProblem when it is something else, or a list of something else than texts
   */
  static List<String> words(Object target) {
    if (target instanceof String text) {
      return split(text);
    }
    if (!(target instanceof Collection<?> items)) {
      throw new TargetProblem("a compound target must be text or a list, not " + target);
    }
    List<String> words = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String word)) {
        throw new TargetProblem("a compound target must be of texts, not of " + item);
      }
      words.add(word);
    }
    return words;
  }

  /** Splits at blanks as Python's {@code str.split()}. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>(List.of(BLANKS.split(text)));
    words.removeIf(String::isEmpty);
    return words;
  }
}

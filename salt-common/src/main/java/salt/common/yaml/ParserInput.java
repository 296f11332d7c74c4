package salt.common.yaml;

import java.util.Optional;

/**
 * A document as it is given to the parser. Where the parser refuses what libyaml reads, the
 * document is mended and parsed again:
 *
 * <ul>
 *   <li>the escape {@code \/}, which JSON has: the backslash is taken out;
 *   <li>a tab between a colon and its value: it becomes a blank;
 *   <li>a question mark inside of a word between brackets, as in {@code [http://a/?b]}: all
 *       question marks inside of words get a stand-in.
 * </ul>
 */
final class ParserInput {
  /** A character for private use, which nobody writes into configuration. */
  private static final char STAND_IN = '\ue0a7';

  private final String text;
  private final boolean standsIn;

  private ParserInput(String text, boolean standsIn) {
    this.text = text;
    this.standsIn = standsIn;
  }

  static ParserInput of(String document) {
    return new ParserInput(document, false);
  }

  /** What the parser is to read. */
  String text() {
    return text;
  }

  /** What was meant by a part of the text that the parser gave. */
  String original(String part) {
    return standsIn ? part.replace(STAND_IN, '?') : part;
  }

  /** The document mended at the place where the parser stopped; nothing when it is really wrong. */
  Optional<ParserInput> mended(YamlProblem problem) {
    Place place = problem.place();
    if (place == null) {
      return Optional.empty();
    }
    int offset = text.offsetByCodePoints(0, place.index());
    return switch (place.character()) {
      case '/' -> withoutBackslashes(offset);
      case '\t' -> withoutTabs(offset);
      case '?' -> withStandIns(offset);
      default -> Optional.empty();
    };
  }

  private Optional<ParserInput> withoutBackslashes(int slash) {
    if (slash == 0 || text.charAt(slash - 1) != '\\') {
      return Optional.empty();
    }
    StringBuilder changed = new StringBuilder(text.substring(0, slash - 1));
    int i = slash - 1;
    while (i < text.length() && text.charAt(i) != '"') {
      boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
      if (!escape || text.charAt(i + 1) != '/') {
        changed.append(text.charAt(i));
      }
      if (escape) {
        changed.append(text.charAt(i + 1));
        i++;
      }
      i++;
    }
    return Optional.of(new ParserInput(changed + text.substring(i), standsIn));
  }

  private Optional<ParserInput> withoutTabs(int tab) {
    int before = tab;
    while (before > 0 && isBlank(text.charAt(before - 1))) {
      before--;
    }
    if (before == 0 || text.charAt(before - 1) != ':') {
      return Optional.empty();
    }
    int behind = tab;
    while (behind < text.length() && isBlank(text.charAt(behind))) {
      behind++;
    }
    String blanks = " ".repeat(behind - before);
    return Optional.of(
        new ParserInput(text.substring(0, before) + blanks + text.substring(behind), standsIn));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private Optional<ParserInput> withStandIns(int mark) {
    if (standsIn || text.indexOf(STAND_IN) >= 0 || !isInWord(mark)) {
      return Optional.empty();
    }
    StringBuilder changed = new StringBuilder(text);
    for (int i = text.indexOf('?'); i >= 0; i = text.indexOf('?', i + 1)) {
      if (isInWord(i)) {
        changed.setCharAt(i, STAND_IN);
      }
    }
    return Optional.of(new ParserInput(changed.toString(), true));
  }

  private boolean isInWord(int mark) {
    return mark > 0
        && !Characters.isBlank(text.charAt(mark - 1))
        && ",[]{}".indexOf(text.charAt(mark - 1)) < 0;
  }
}

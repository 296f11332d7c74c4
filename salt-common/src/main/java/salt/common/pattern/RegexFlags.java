package salt.common.pattern;

import java.util.function.IntPredicate;

/** What the inline flags of a Python regular expression switch. */
record RegexFlags(
    boolean ignoreCase, boolean multiline, boolean dotAll, boolean verbose, boolean ascii) {
  static final RegexFlags NONE = new RegexFlags(false, false, false, false, false);

  /** These flags with the one of this letter switched; {@code u} and {@code L} as Python does. */
  RegexFlags with(int letter, boolean on) {
    return switch (letter) {
      case 'i' -> new RegexFlags(on, multiline, dotAll, verbose, ascii);
      case 'm' -> new RegexFlags(ignoreCase, on, dotAll, verbose, ascii);
      case 's' -> new RegexFlags(ignoreCase, multiline, on, verbose, ascii);
      case 'x' -> new RegexFlags(ignoreCase, multiline, dotAll, on, ascii);
      case 'a' -> new RegexFlags(ignoreCase, multiline, dotAll, verbose, on);
      default -> new RegexFlags(ignoreCase, multiline, dotAll, verbose, false);
    };
  }

  /** The characters of {@code \d}, {@code \s}, {@code \w} or of their capital opposites. */
  IntPredicate escapeClass(int letter) {
    return switch (letter) {
      case 'd' -> code -> Character.isDigit(code) && (!ascii || code < 128);
      case 's' -> code -> ascii ? code == ' ' || (code >= 9 && code <= 13) : isSpace(code);
      case 'w' -> code -> isWord(code) && (!ascii || code < 128);
      default -> escapeClass(Character.toLowerCase(letter)).negate();
    };
  }

  /** This one character, in both cases when case is ignored. */
  IntPredicate character(int wanted) {
    if (!ignoreCase) {
      return code -> code == wanted;
    }
    int folded = fold(wanted);
    return code -> code == wanted || fold(code) == folded;
  }

  /** These characters, and with them their other case when case is ignored. */
  IntPredicate set(IntPredicate members) {
    if (!ignoreCase) {
      return members;
    }
    return code ->
        members.test(code)
            || members.test(Character.toLowerCase(code))
            || members.test(Character.toUpperCase(code));
  }

  static int fold(int code) {
    return Character.toLowerCase(Character.toUpperCase(code));
  }

  private static boolean isWord(int code) {
    return code == '_'
        || Character.isLetterOrDigit(code)
        || Character.getType(code) == Character.OTHER_NUMBER
        || Character.getType(code) == Character.LETTER_NUMBER;
  }

  private static boolean isSpace(int code) {
    return Character.isWhitespace(code) || Character.isSpaceChar(code) || code == 0x85;
  }
}

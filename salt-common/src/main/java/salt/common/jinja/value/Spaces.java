package salt.common.jinja.value;

import java.util.function.IntPredicate;

/** Blanks and other characters at the ends of text. */
public final class Spaces {
  private Spaces() {}

  /** Whether Python counts the character as white space. */
  public static boolean isSpace(int code) {
    return switch (code) {
      case ' ', '\t', '\n', 0x0b, '\f', '\r', 0x1c, 0x1d, 0x1e, 0x1f, 0x85, 0xa0 -> true;
      default -> code > 0x100 && (Character.isSpaceChar(code) && code != 0x200b);
    };
  }

  /** The text without white space at both ends. */
  public static String strip(String text) {
    return strip(text, null, true, true);
  }

  /** The text without these characters (null: white space) at one or both ends. */
  public static String strip(String text, String characters, boolean left, boolean right) {
    IntPredicate unwanted =
        characters == null ? Spaces::isSpace : code -> characters.indexOf(code) >= 0;
    int start = 0;
    int end = text.length();
    while (left && start < end && unwanted.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && unwanted.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }
}

package salt.common.jinja.value;

import java.util.Locale;

/** Upper, lower and title case as Python knows them. */
final class Casing {
  private Casing() {}

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String asciiUpper(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      out.setCharAt(i, c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
    }
    return out.toString();
  }

  static String asciiLower(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      out.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return out.toString();
  }

  static String fold(String text) {
    return lower(upper(text).replace("ẞ", "SS"));
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return title(text.codePointAt(0)) + lower(text.substring(end));
  }

  static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean[] inWord = {false};
    text.codePoints()
        .forEach(
            c -> {
              out.append(inWord[0] ? lower(Character.toString(c)) : title(c));
              inWord[0] = isCased(c);
            });
    return out.toString();
  }

  private static String title(int code) {
    int title = Character.toTitleCase(code);
    return title == code && !Character.isTitleCase(code)
        ? upper(Character.toString(code))
        : Character.toString(title);
  }

  static String swap(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              String one = Character.toString(c);
              out.append(
                  Character.isUpperCase(c)
                      ? lower(one)
                      : Character.isLowerCase(c) ? upper(one) : one);
            });
    return out.toString();
  }

  static boolean isCased(int code) {
    return Character.isUpperCase(code)
        || Character.isLowerCase(code)
        || Character.isTitleCase(code);
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  static boolean isTitle(String text) {
    boolean before = false;
    boolean any = false;
    for (int code : text.codePoints().toArray()) {
      boolean high = Character.isUpperCase(code) || Character.isTitleCase(code);
      if (high ? before : Character.isLowerCase(code) && !before) {
        return false;
      }
      before = isCased(code);
      any |= before;
    }
    return any;
  }
}

package salt.common.config;

import java.nio.charset.StandardCharsets;

/**
 * What may name a minion (option {@code id}): it becomes the name of files and directories on the
 * master. The only rule for ids there is.
 */
public final class MinionId {
  /** The longest name of a file in bytes. */
  private static final int MOST_BYTES = 255;

  private static final int SHOWN = 80;

  private MinionId() {}

  /**
   * Whether {@code id} may be used: text, neither empty nor too long for the name of a file,
   * without slashes, backslashes and control characters, and not beginning with a dot.
   *
   * <p>Salt takes ids with control characters and with a dot in front as well; it would not list
   * the keys of the latter.
   */
  public static boolean isValid(Object id) {
    return id instanceof String text
        && !text.isEmpty()
        && !text.startsWith(".")
        && text.chars().noneMatch(MinionId::isForbidden)
        && text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  private static boolean isForbidden(int character) {
    return character == '/' || character == '\\' || Character.isISOControl(character);
  }

  /**
   * An id, or another value, from outside as it may stand in a log: no control characters, not
   * endlessly long.
   */
  public static String shown(Object id) {
    String text = String.valueOf(id);
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(SHOWN)
        .map(each -> Character.isISOControl(each) ? '?' : each)
        .forEach(shown::appendCodePoint);
    return shown.append(text.length() > SHOWN ? "…'" : "'").toString();
  }
}

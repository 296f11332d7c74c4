package salt.common.channel;

import java.nio.charset.StandardCharsets;

/** Which texts may be the id of a minion: it is the name of files on the master. */
public final class MinionId {
  private static final int LONGEST = 255;

  private MinionId() {}

  /**
   * Whether {@code id} can be a file name that stays where it is put: not empty, without slashes,
   * backslashes and NUL, not a dot or two, at most 255 bytes.
   */
  public static boolean isValid(String id) {
    return !id.isEmpty()
        && id.indexOf('/') < 0
        && id.indexOf('\\') < 0
        && id.indexOf('\0') < 0
        && !id.equals(".")
        && !id.equals("..")
        && id.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /** An id from outside as it may stand in a log: no control characters, not endlessly long. */
  static String shown(Object id) {
    String text = String.valueOf(id);
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(80)
        .map(each -> Character.isISOControl(each) ? '?' : each)
        .forEach(shown::appendCodePoint);
    return shown.append(text.length() > 80 ? "…'" : "'").toString();
  }
}

package salt.master.key;

import java.nio.charset.StandardCharsets;

/** What may name a minion: its id becomes the name of files and directories. */
public final class MinionId {
  /** The longest id in bytes of UTF-8: one name in a file system, with room for a suffix. */
  private static final int MOST_BYTES = 240;

  private MinionId() {}

  /**
   * Whether {@code id} may be used: text, neither empty nor too long for a file name, without
   * slashes and control characters, and not beginning with a dot.
   */
  public static boolean isValid(Object id) {
    if (!(id instanceof String text) || text.isEmpty()) {
      return false;
    }
    return !text.startsWith(".")
        && text.chars().noneMatch(MinionId::isForbidden)
        && text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  private static boolean isForbidden(int character) {
    return character == '/' || character == '\\' || Character.isISOControl(character);
  }
}

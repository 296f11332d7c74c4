package salt.common.yaml;

/** Classes of characters in YAML 1.1. */
final class Characters {
  private Characters() {}

  /** Whether it ends a line. */
  static boolean isBreak(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** Whether it is a blank, a tab or ends a line. */
  static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || isBreak(c);
  }

  /** Whether the emitter writes it as it is: no controls, nothing beyond the first plane. */
  static boolean isPrintable(int c) {
    return c == '\n'
        || (c >= ' ' && c <= '~')
        || (c >= 0xa0 && c < 0xd800)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
  }

  /** Whether a document may hold it. */
  static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= '~')
        || c == 0x85
        || (c >= 0xa0 && c < 0xd800)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}

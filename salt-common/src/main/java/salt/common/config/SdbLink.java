package salt.common.config;

import java.util.List;
import java.util.Map;

/**
 * Links of the form {@code sdb://profile/key}, in whose place Salt puts what its databases hold. We
 * have none of those, and the link itself must not be taken for the value: it may be a password.
 */
final class SdbLink {
  private static final String SCHEME = "sdb://";

  private SdbLink() {}

  /** Whether {@code value} is such a link or holds one at any depth. */
  static boolean isIn(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(SdbLink::isIn);
    } else if (value instanceof List<?> list) {
      return list.stream().anyMatch(SdbLink::isIn);
    }
    return value instanceof String text && text.startsWith(SCHEME);
  }

  /** What is said of an option with one; the link is not quoted. */
  static String message(String option) {
    return option + ": links to " + SCHEME + " are not looked up here; give the value itself";
  }
}

package salt.common.config;

import java.util.List;
import java.util.regex.Pattern;

/** Moves path options under {@code root_dir}. */
final class RootDir {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*");

  private RootDir() {}

  /** Moves these paths, and those of {@code logFiles} that are no syslog addresses. */
  static void prepend(Draft draft, List<String> paths, List<String> logFiles) {
    for (String name : paths) {
      prepend(draft, name);
    }
    for (String name : logFiles) {
      String path = draft.text(name);
      if (path != null && !SCHEME.matcher(path).matches()) {
        prepend(draft, name);
      }
    }
  }

  private static void prepend(Draft draft, String name) {
    String path = draft.text(name);
    if (path != null) {
      draft.put(name, moved(Paths.normalize(draft.text("root_dir")), path));
    }
  }

  /** The path below the root; one that lies there already stays. */
  static String moved(String root, String path) {
    boolean inside = path.startsWith(root + "/") && path.length() > root.length();
    return Paths.under(root, inside ? path.substring(root.length()) : path);
  }
}

package salt.common.config;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as texts, put together the way Salt does on POSIX systems. */
final class Paths {
  private Paths() {}

  /** Joins two parts; an absolute second part replaces the first, nothing is normalized. */
  static String join(String folder, String name) {
    if (name.startsWith("/") || folder.isEmpty()) {
      return name;
    }
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /** Joins two parts under the first one, even if the second is absolute, and normalizes. */
  static String under(String root, String path) {
    String relative = normalize(path);
    int start = 0;
    while (start < relative.length() && relative.charAt(start) == '/') {
      start++;
    }
    return normalize(join(normalize(root), relative.substring(start)));
  }

  /** Without empty, {@code .} and {@code ..} parts; nothing left is {@code .}. */
  static String normalize(String path) {
    boolean absolute = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && absolute)) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** All before the last slash, without trailing slashes. */
  static String folder(String path) {
    String head = path.substring(0, path.lastIndexOf('/') + 1);
    int end = head.length();
    while (end > 1 && head.charAt(end - 1) == '/') {
      end--;
    }
    return head.substring(0, end);
  }

  /** All behind the last slash. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

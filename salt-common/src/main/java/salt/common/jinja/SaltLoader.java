package salt.common.jinja;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds templates as Salt does: from the root of the environment, or beside the one that asks. */
record SaltLoader(TemplateFiles files) implements TemplateLoader {
  @Override
  public Optional<Source> find(String name, String from) {
    String path = name;
    if (name.startsWith("./") || name.startsWith("../")) {
      path = beside(from, name);
    }
    if (path == null || path.isEmpty() || Arrays.asList(path.split("/", -1)).contains("..")) {
      return Optional.empty();
    }
    String wanted = path;
    return files
        .find(wanted)
        .map(file -> new Source(wanted, file.path(), file.text(), globals(wanted, name)));
  }

  private static String beside(String from, String name) {
    Deque<String> parts = new ArrayDeque<>(Arrays.asList(from.split("/", -1)));
    parts.removeLast();
    for (String part : name.split("/", -1)) {
      if ("..".equals(part) && parts.isEmpty()) {
        return null;
      } else if ("..".equals(part)) {
        parts.removeLast();
      } else if (!".".equals(part)) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** The names by which an imported template knows where it lies. */
  private static Map<String, Object> globals(String path, String name) {
    Map<String, Object> globals = new HashMap<>();
    int slash = path.lastIndexOf('/');
    globals.put("tplfile", name);
    globals.put("tpldir", slash < 0 ? "." : path.substring(0, slash));
    return globals;
  }
}

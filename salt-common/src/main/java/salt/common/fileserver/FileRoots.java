package salt.common.fileserver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.config.Options;
import salt.common.payload.PythonOrder;

/**
 * The option {@code file_roots}: environments and their directories in the order of search.
 *
 * <p>An environment {@code __env__} stands for every name that is not configured; {@code __env__}
 * in its directories is replaced by that name.
 */
final class FileRoots {
  private static final String ANY = "__env__";

  private final Map<String, List<String>> roots;

  private FileRoots(Map<String, List<String>> roots) {
    this.roots = roots;
  }

  static FileRoots of(Options options) {
    Map<String, List<String>> roots = new LinkedHashMap<>();
    options
        .map("file_roots")
        .forEach(
            (name, directories) -> {
              List<String> paths = new ArrayList<>();
              if (directories instanceof List<?> list) {
                list.forEach(path -> paths.add(String.valueOf(path)));
              } else if (directories != null) {
                paths.add(String.valueOf(directories));
              }
              roots.put(String.valueOf(name), Collections.unmodifiableList(paths));
            });
    return new FileRoots(roots);
  }

  /** The configured names, sorted. */
  List<String> environments() {
    return roots.keySet().stream().sorted(PythonOrder.TEXT).toList();
  }

  /** The directories of an environment; none when it is unknown or its name could lead astray. */
  List<Path> of(String environment) {
    if (roots.containsKey(environment)) {
      return roots.get(environment).stream().map(Path::of).toList();
    }
    boolean safe = SafePath.join(Path.of("/"), environment).isPresent();
    return !safe
        ? List.of()
        : roots.getOrDefault(ANY, List.of()).stream()
            .map(root -> Path.of(root.replace(ANY, environment)))
            .toList();
  }
}

package salt.common.fileserver;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import salt.common.payload.PythonOrder;

/** What is in an environment: paths relative to their roots, all roots together. */
final class FileLists {
  private final TreeSet<String> files = new TreeSet<>(PythonOrder.TEXT);
  private final TreeSet<String> directories = new TreeSet<>(PythonOrder.TEXT);
  private final TreeSet<String> emptyDirectories = new TreeSet<>(PythonOrder.TEXT);
  private final TreeMap<String, String> links = new TreeMap<>(PythonOrder.TEXT);

  void addFile(String path) {
    files.add(path);
  }

  void addDirectory(String path) {
    directories.add(path);
  }

  void addEmptyDirectory(String path) {
    emptyDirectories.add(path);
  }

  void addLink(String path, String target) {
    links.put(path, target);
  }

  List<String> files(String prefix) {
    return startingWith(files, prefix);
  }

  List<String> directories(String prefix) {
    return startingWith(directories, prefix);
  }

  List<String> emptyDirectories(String prefix) {
    return startingWith(emptyDirectories, prefix);
  }

  Map<String, String> links(String prefix) {
    TreeMap<String, String> matching = new TreeMap<>(links);
    matching.keySet().removeIf(path -> !path.startsWith(prefix));
    return Collections.unmodifiableMap(matching);
  }

  private static List<String> startingWith(SortedSet<String> paths, String prefix) {
    return paths.stream().filter(path -> path.startsWith(prefix)).toList();
  }
}

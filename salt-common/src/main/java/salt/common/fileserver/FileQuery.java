package salt.common.fileserver;

import java.nio.file.Path;
import java.util.List;

/**
 * A path as it is asked for, taken apart.
 *
 * @param path relative to the roots
 * @param environment where to search
 * @param index which root to search, from 0, negative from the end; null for all
 * @param valid whether the index, if given, is a number
 */
record FileQuery(String path, String environment, Integer index, boolean valid) {
  static FileQuery of(String text, String environment) {
    if (text.startsWith("|")) {
      return new FileQuery(text.replaceFirst("^\\|+", ""), environment, null, true);
    }
    int mark = text.indexOf('?');
    if (mark < 0) {
      return new FileQuery(text, environment, null, true);
    }
    String where = environment;
    String index = null;
    for (String option : text.substring(mark + 1).split("\\?", -1)[0].split("&", -1)) {
      if (option.startsWith("saltenv=")) {
        where = option.substring("saltenv=".length());
      } else if (option.startsWith("index=")) {
        index = option.substring("index=".length());
      }
    }
    boolean valid = index == null || index.matches("-?[0-9]{1,6}");
    Integer number = index == null || !valid ? null : Integer.valueOf(index);
    return new FileQuery(text.substring(0, mark), where, number, valid);
  }

  /** Those of the roots that are to be searched. */
  List<Path> select(List<Path> roots) {
    if (!valid) {
      return List.of();
    } else if (index == null) {
      return roots;
    }
    int at = index < 0 ? index + roots.size() : index;
    return at >= 0 && at < roots.size() ? roots.subList(at, at + 1) : List.of();
  }
}

package salt.common.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Finds files by Python's glob rules: {@code * ? [a-z] [!a-z]}, hidden names only if asked for. */
final class PathGlob {
  private static final String MAGIC = "*?[";

  private PathGlob() {}

  /** Whether the text holds a wildcard. */
  static boolean hasMagic(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (MAGIC.indexOf(pattern.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The existing paths that match an absolute pattern, sorted by name. */
  static List<String> find(String pattern) {
    List<Path> found = List.of(Path.of("/"));
    for (String part : pattern.split("/", -1)) {
      if (!part.isEmpty()) {
        found = step(found, part);
      }
    }
    List<String> names = new ArrayList<>();
    for (Path path : found) {
      names.add(path.toString());
    }
    Collections.sort(names);
    return names;
  }

  private static List<Path> step(List<Path> folders, String part) {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      if (hasMagic(part)) {
        list(folder, part, found);
      } else {
        Path path = folder.resolve(part);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          found.add(path);
        }
      }
    }
    return found;
  }

  private static void list(Path folder, String part, List<Path> found) {
    if (!Files.isReadable(folder)) {
      return;
    }
    Pattern name = regex(part);
    boolean hidden = part.startsWith(".");
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String childName = child.getFileName().toString();
        if (childName.startsWith(".") == hidden && name.matcher(childName).matches()) {
          found.add(child);
        }
      }
    } catch (NotDirectoryException e) {
      // A file where the pattern needs a folder: it matches nothing.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static Pattern regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + (glob.startsWith("!", i + 1) ? 3 : 2)) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = glob.substring(i + 1, close).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}

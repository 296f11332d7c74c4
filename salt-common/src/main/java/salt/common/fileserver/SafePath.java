package salt.common.fileserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Joins a directory of ours with a path or name from outside. Everything from outside that becomes
 * part of a path goes through here: requested files, ids, jids, environments, tokens.
 */
public final class SafePath {
  private static final int MAX_LINKS = 40;

  private SafePath() {}

  /**
   * {@code root} and below it {@code path}, by the letters alone: symbolic links are not looked at.
   *
   * @return nothing when the path is empty, absolute, has a component {@code ..}, or has a NUL
   */
  public static Optional<Path> join(Path root, String path) {
    if (path.isEmpty() || path.startsWith("/") || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    for (String component : path.split("/", -1)) {
      if (component.equals("..")) {
        return Optional.empty();
      }
    }
    try {
      Path base = root.normalize();
      Path joined = base.resolve(path).normalize();
      return joined.startsWith(base) && !joined.equals(base)
          ? Optional.of(joined)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * As {@link #join}, and symbolic links, in the path and at its end, must not lead out of {@code
   * root}. What does not exist is taken to be where it is named.
   */
  public static Optional<Path> joinWithin(Path root, String path) {
    return join(root, path).filter(joined -> real(joined).startsWith(real(root)));
  }

  /**
   * {@code root} and directly in it {@code name}, which must be a single component, as an id or a
   * token is.
   *
   * @return nothing when the name has a slash or backslash, is a dot or two, or fails {@link #join}
   */
  public static Optional<Path> entry(Path root, String name) {
    boolean single = name.indexOf('/') < 0 && name.indexOf('\\') < 0 && !name.equals(".");
    return single ? join(root, name) : Optional.empty();
  }

  /**
   * A regular file below {@code root}: no directory, device, pipe or socket.
   *
   * @param followLinks whether links may lead out of the root, the option {@code
   *     fileserver_followsymlinks}; the path itself may not in either case
   */
  public static Optional<Path> regularFile(Path root, String path, boolean followLinks) {
    Optional<Path> joined = followLinks ? join(root, path) : joinWithin(root, path);
    return joined.filter(Files::isRegularFile);
  }

  /**
   * The path with all symbolic links replaced, also when its end does not exist; a loop of links is
   * left as it is.
   */
  static Path real(Path path) {
    Deque<Path> rest = new ArrayDeque<>();
    Path absolute = path.toAbsolutePath();
    absolute.forEach(rest::add);
    Path real = absolute.getRoot();
    int links = 0;
    while (!rest.isEmpty()) {
      Path component = rest.pop();
      Path next = real.resolve(component);
      if (component.toString().equals("..")) {
        real = real.getParent() == null ? real : real.getParent();
      } else if (Files.isSymbolicLink(next) && links++ < MAX_LINKS) {
        Path target = target(next);
        real = target.isAbsolute() ? target.getRoot() : real;
        pushAll(rest, target);
      } else if (!component.toString().equals(".")) {
        real = next;
      }
    }
    return real;
  }

  private static void pushAll(Deque<Path> rest, Path target) {
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      rest.push(target.getName(i));
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      // It was a link a moment ago; without its target it leads nowhere.
      return link.getFileName();
    }
  }
}

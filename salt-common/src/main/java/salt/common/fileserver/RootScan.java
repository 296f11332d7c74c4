package salt.common.fileserver;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;

/**
 * Lists what is below the roots of an environment.
 *
 * <p>As in Salt an ignored directory is not listed but what is in it is, and links to directories
 * are directories. Unlike Salt, which goes round forty times, a loop of links is entered once.
 */
final class RootScan {
  private static final Logger log = LoggerFactory.getLogger(RootScan.class);

  private final IgnoreRules ignored;
  private final boolean followLinks;
  private final boolean ignoreLinks;

  RootScan(Options options) {
    this.ignored = new IgnoreRules(options);
    this.followLinks = options.flag("fileserver_followsymlinks");
    this.ignoreLinks = options.flag("fileserver_ignoresymlinks");
  }

  FileLists scan(List<Path> roots) {
    FileLists lists = new FileLists();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        directory(root, root, List.of(SafePath.real(root)), lists);
      }
    }
    return lists;
  }

  private void directory(Path root, Path directory, List<Path> above, FileLists lists) {
    for (Path path : entries(directory)) {
      boolean isDirectory = Files.isDirectory(path);
      boolean isLink = Files.isSymbolicLink(path);
      String relative = root.relativize(path).toString();
      if (!(isLink && ignoreLinks) && !ignored.ignores(relative)) {
        add(path, relative, isDirectory, lists);
        if (isLink) {
          addLink(root, path, relative, lists);
        }
      }
      if (isDirectory && (followLinks || !isLink)) {
        Path real = SafePath.real(path);
        if (!above.contains(real)) {
          List<Path> below = new ArrayList<>(above);
          below.add(real);
          directory(root, path, below, lists);
        }
      }
    }
  }

  private static void add(Path path, String relative, boolean isDirectory, FileLists lists) {
    if (!isDirectory) {
      lists.addFile(relative);
      return;
    }
    lists.addDirectory(relative);
    if (Files.isReadable(path) && entries(path).isEmpty()) {
      lists.addEmptyDirectory(relative);
    }
  }

  /** A link that leads out of the root is not one to minions when it is followed here. */
  private void addLink(Path root, Path path, String relative, FileLists lists) {
    try {
      Path target = Files.readSymbolicLink(path);
      // Salt takes a target with dots from the link itself, not from its directory.
      Path from = target.toString().startsWith("..") ? path : path.getParent();
      Path real = SafePath.real(from.resolve(target).normalize());
      if (!followLinks || real.startsWith(SafePath.real(root))) {
        lists.addLink(relative, target.toString());
      }
    } catch (IOException e) {
      log.debug("{} is not listed as a link: {}", path, e.toString());
    }
  }

  private static List<Path> entries(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("{} is not listed: {}", directory, e.toString());
    }
    return entries;
  }
}

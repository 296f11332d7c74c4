package salt.cli.interop;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where programs are found.
 *
 * @param ours the directory of our distribution
 * @param theirs the directory with an environment per release of real Salt
 */
record Installation(Path ours, Path theirs) {
  /** As the build says by system properties. */
  static Installation ofThisBuild() {
    return new Installation(directory("salt.distribution"), directory("salt.interop.dir"));
  }

  private static Path directory(String property) {
    String value = System.getProperty(property, "");
    if (value.isEmpty()) {
      throw new IllegalStateException("no system property " + property + "; run .ci/interop");
    }
    return Path.of(value).toAbsolutePath();
  }

  /** The path of a program. */
  Path program(String release, Side side, String name) {
    Path path = (side == Side.OURS ? ours : theirs.resolve(release)).resolve("bin").resolve(name);
    if (!Files.isExecutable(path)) {
      throw new IllegalStateException("there is no program " + path);
    }
    return path;
  }
}

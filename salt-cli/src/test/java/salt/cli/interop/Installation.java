package salt.cli.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import salt.common.testing.RealSalt;

/**
 * Where programs are found: real Salt's as {@link RealSalt} says.
 *
 * @param ours the directory of our distribution
 */
record Installation(Path ours) {
  /** As the build says by system properties. */
  static Installation ofThisBuild() {
    String directory = System.getProperty("salt.distribution", "");
    if (directory.isEmpty()) {
      throw new IllegalStateException("no system property salt.distribution; run .ci/interop");
    }
    return new Installation(Path.of(directory).toAbsolutePath());
  }

  /** The path of a program. */
  Path program(String release, Side side, String name) {
    if (side == Side.THEIRS) {
      return RealSalt.program(release, name);
    }
    Path path = ours.resolve("bin").resolve(name);
    if (!Files.isExecutable(path)) {
      throw new IllegalStateException("there is no program " + path);
    }
    return path;
  }
}

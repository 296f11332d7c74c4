package salt.common.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The programs of real Salt that {@code .ci/interop} installs, an environment per release. The
 * system property salt.interop.dir names the directory of them all.
 */
public final class RealSalt {
  /** The release we follow. */
  public static final String CURRENT = "3006.28";

  private RealSalt() {}

  /**
   * The path of a program of the release we follow.
   *
   * @param name such as {@code salt-call}, or {@code python} for the Python that has Salt
   * @throws IllegalStateException when there is none
   */
  public static Path program(String name) {
    return program(CURRENT, name);
  }

  /** The path of a program of {@code release}. */
  public static Path program(String release, String name) {
    String directory = System.getProperty("salt.interop.dir", "");
    if (directory.isEmpty()) {
      throw new IllegalStateException("no system property salt.interop.dir; run .ci/interop");
    }
    Path path = Path.of(directory).toAbsolutePath().resolve(release).resolve("bin").resolve(name);
    if (!Files.isExecutable(path)) {
      throw new IllegalStateException("there is no program " + path + "; run .ci/interop");
    }
    return path;
  }
}

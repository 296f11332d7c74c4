package salt.master;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import salt.common.config.Options;

/** Makes the directories that a master needs, each with the mode that Salt gives it. */
final class MasterDirectories {
  private MasterDirectories() {}

  static void create(Options options) {
    Path cache = options.path("cachedir");
    make(cache, "rwxr-x---");
    make(options.path("sock_dir"), "rwxr-xr-x");
    for (String name : List.of("jobs", "minions", "proc", "publish_auth", "tokens", "sessions")) {
      make(cache.resolve(name), "rwxr-x---");
    }
  }

  private static void make(Path directory, String mode) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + directory + ": " + e, e);
    }
  }
}

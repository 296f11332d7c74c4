package salt.cli.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import salt.common.config.NearestName;
import salt.common.config.Options;

/** Says what the name of a minion, which is not known, may have been meant to be. */
final class NearestIds {
  private final Options options;

  NearestIds(Options options) {
    this.options = options;
  }

  /** What to try instead of a target that nobody matches; nothing when keys cannot be seen. */
  Optional<String> advice(JobRequest request) {
    Optional<Set<String>> known = accepted();
    if (known.isEmpty()) {
      return Optional.empty();
    } else if (known.get().isEmpty()) {
      return Optional.of("no minion's key is accepted yet; see salt-key -L");
    }
    List<String> near = new ArrayList<>();
    for (String name : names(request)) {
      NearestName.of(name, known.get()).ifPresent(near::add);
    }
    return Optional.of(
        near.isEmpty()
            ? "none of the " + known.get().size() + " accepted minions matches; see salt-key -L"
            : "did you mean " + String.join(", ", near) + "?");
  }

  private static List<String> names(JobRequest request) {
    List<String> names = new ArrayList<>();
    if (request.target() instanceof List<?> list) {
      list.forEach(name -> names.add(String.valueOf(name)));
    } else if (request.targetType().equals("glob")) {
      names.add(String.valueOf(request.target()));
    }
    return names;
  }

  private Optional<Set<String>> accepted() {
    Path keys = options.path("pki_dir").resolve("minions");
    Set<String> ids = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(keys)) {
      files.forEach(file -> ids.add(file.getFileName().toString()));
      return Optional.of(ids);
    } catch (IOException e) {
      // Other users than the master's may not look; the target is wrong anyway.
      return Optional.empty();
    }
  }
}

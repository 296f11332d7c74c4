package salt.master.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.MinionId;
import salt.common.config.Options;
import salt.common.pattern.GlobOrRegex;

/**
 * Who is let in or kept out without an operator: {@code auto_accept}, {@code autosign_file}, {@code
 * autoreject_file}, stubs in {@code minions_autosign}, {@code autosign_grains_dir}.
 *
 * <p>Files are read at each sign-in, so that an edit acts at once, as in Salt.
 */
final class AutosignRules {
  private static final Logger log = LoggerFactory.getLogger(AutosignRules.class);

  /** How long a stub is good for when {@code autosign_timeout} is unset; 0 there is for ever. */
  private static final int STUB_MINUTES = 120;

  private final Options options;
  private final KeyStore keys;
  private final Clock clock;

  AutosignRules(Options options, KeyStore keys, Clock clock) {
    this.options = options;
    this.keys = keys;
    this.clock = clock;
  }

  boolean rejects(String id) {
    return listed(id, "autoreject_file");
  }

  boolean signs(String id, Map<?, ?> grains) {
    return options.flag("auto_accept")
        || listed(id, "autosign_file")
        || keys.takeAutosignStub(id, oldestStub())
        || grainsMatch(grains);
  }

  private long oldestStub() {
    Object set = options.any("autosign_timeout");
    long minutes = set == null ? STUB_MINUTES : options.integer("autosign_timeout");
    return minutes > 0 ? clock.millis() - Duration.ofMinutes(minutes).toMillis() : Long.MIN_VALUE;
  }

  private boolean listed(String id, String option) {
    String name = options.text(option, "");
    if (name.isEmpty()) {
      return false;
    }
    Path file = Path.of(name);
    return isTrusted(file, option)
        && lines(file).stream().anyMatch(entry -> GlobOrRegex.matches(entry, id));
  }

  private boolean isTrusted(Path file, String option) {
    try {
      if (!Files.isRegularFile(file)) {
        return false;
      }
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      boolean open =
          modes.contains(PosixFilePermission.OTHERS_WRITE)
              || (modes.contains(PosixFilePermission.GROUP_WRITE)
                  && !options.flag("permissive_pki_access"));
      if (open) {
        log.warn("{} {} is writable by others than its owner and is ignored", option, file);
      }
      return !open;
    } catch (IOException e) {
      log.warn("{} {} cannot be checked and is ignored: {}", option, file, e.toString());
      return false;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      log.warn("{} cannot be read and is ignored: {}", file, e.toString());
      return List.of();
    }
  }

  private boolean grainsMatch(Map<?, ?> grains) {
    String directory = options.text("autosign_grains_dir", "");
    if (directory.isEmpty() || grains.isEmpty()) {
      return false;
    }
    return grains.entrySet().stream()
        .anyMatch(
            grain ->
                grain.getValue() instanceof String value
                    && grainMatches(Path.of(directory), grain.getKey(), value));
  }

  private boolean grainMatches(Path directory, Object name, String value) {
    // A grain's name is looked up as the name of a file, as an id is.
    if (!MinionId.isValid(name)) {
      return false;
    }
    Path file = directory.resolve((String) name);
    return isTrusted(file, "autosign_grains_dir") && lines(file).contains(value);
  }
}

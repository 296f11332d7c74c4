package salt.common.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file with preset command-line options: a mapping from a program's name to its long options,
 * with underscores, and their values. An option given on the command line wins over it.
 */
public final class Saltfile {
  private final Surroundings surroundings;

  /** A reader of the file for {@code surroundings.program()}. */
  public Saltfile(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The presets for this program.
   *
   * @param given the value of {@code --saltfile}; null when not given: then {@code SALT_SALTFILE},
   *     then {@code Saltfile} in the working directory, then {@code ~/.salt/Saltfile}
   * @return values by option name; empty when there is no file or it says nothing of this program
   * @throws ConfigException when a file that was named does not exist, or one cannot be read
   */
  public Map<String, Object> presets(String given) {
    Path file = find(given);
    if (file == null) {
      return Map.of();
    }
    try {
      Object own = ConfigFile.read(file).values().get(surroundings.program());
      if (own == null) {
        return Map.of();
      } else if (own instanceof Map<?, ?> presets) {
        return Python.textKeys(presets);
      }
      throw new ConfigException(
          file + ": " + surroundings.program() + ": expected a mapping of options");
    } catch (ConfigFile.Unreadable e) {
      throw new ConfigException(e.problem(true).toString());
    }
  }

  private Path find(String given) {
    String named = given != null ? given : surroundings.environment().get("SALT_SALTFILE");
    if (named == null) {
      return inUsualPlaces();
    } else if (named.isEmpty()) {
      return null;
    }
    Path file = surroundings.workingDirectory().resolve(named);
    if (!Files.isRegularFile(file)) {
      throw new ConfigException("'" + named + "' file does not exist.");
    }
    return file;
  }

  private Path inUsualPlaces() {
    Path here = surroundings.workingDirectory().resolve("Saltfile");
    Path own = surroundings.home().resolve(".salt").resolve("Saltfile");
    return Files.isRegularFile(here) ? here : Files.isRegularFile(own) ? own : null;
  }
}

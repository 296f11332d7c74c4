package salt.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/**
 * A Saltfile: options that the caller does not want to type each time, under the name of the
 * program.
 */
final class Saltfile {
  private Saltfile() {}

  /**
   * Adds the options of the Saltfile that the command line left at their initial values. The file
   * is the one of {@code --saltfile} or {@code SALT_SALTFILE}, or else one in the working directory
   * or in {@code ~/.salt}.
   *
   * @throws CommandLineError when the file named is missing, or the file is wrong
   */
  static void apply(CommandLine line, Terminal terminal) {
    find(line, terminal)
        .ifPresent(
            file ->
                own(file, line.table().program()).forEach((key, value) -> give(line, key, value)));
  }

  private static void give(CommandLine line, Object key, Object value) {
    if (key instanceof String dest && line.isInitial(dest)) {
      line.give(dest, value);
    }
  }

  private static Optional<Path> find(CommandLine line, Terminal terminal) {
    String named =
        line.value("saltfile") == null
            ? terminal.environment().get("SALT_SALTFILE")
            : line.text("saltfile");
    if (named == null) {
      Path here = terminal.directory().resolve("Saltfile");
      Path atHome = terminal.home().resolve(".salt").resolve("Saltfile");
      return Files.isRegularFile(here)
          ? Optional.of(here)
          : Optional.of(atHome).filter(Files::isRegularFile);
    } else if (named.isEmpty()) {
      return Optional.empty();
    }
    Path file = terminal.directory().resolve(named);
    if (!Files.isRegularFile(file)) {
      throw CommandLineError.usage("'" + named + "' file does not exist.\n");
    }
    return Optional.of(file);
  }

  private static Map<?, ?> own(Path file, String program) {
    Object loaded;
    try {
      loaded = Yaml.load(Files.readString(file));
    } catch (YamlProblem e) {
      throw CommandLineError.usage(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw CommandLineError.usage("cannot read " + file + ": " + e);
    }
    if (loaded == null) {
      return Map.of();
    } else if (!(loaded instanceof Map<?, ?> programs)) {
      throw CommandLineError.usage(file + ": a Saltfile maps names of programs to their options");
    } else if (programs.get(program) == null) {
      return Map.of();
    } else if (!(programs.get(program) instanceof Map<?, ?> options)) {
      throw CommandLineError.usage(file + ": '" + program + "' is not a map of options");
    } else {
      return options;
    }
  }
}

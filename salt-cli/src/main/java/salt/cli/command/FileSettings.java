package salt.cli.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.config.ConfigException;
import salt.common.config.ConfigLoader;
import salt.common.config.LoadedConfig;
import salt.common.config.OptionCatalog;
import salt.common.config.Problem;
import salt.common.config.Saltfile;
import salt.common.config.Surroundings;
import salt.common.job.ArgumentText;
import salt.common.yaml.DumpStyle;
import salt.common.yaml.Yaml;

/** What a program reads from the files of its configuration. */
final class FileSettings implements Settings {
  private final Surroundings surroundings;
  private final PrintStream warnings;

  /**
   * The files that those surroundings lead to.
   *
   * @param warnings takes what is doubtful in a daemon's configuration, a line each
   */
  FileSettings(Surroundings surroundings, PrintStream warnings) {
    this.surroundings = surroundings;
    this.warnings = warnings;
  }

  @Override
  public LoadedConfig read(Program.Configuration kind, Path directory) {
    OptionCatalog catalog = OptionCatalog.read();
    boolean daemon =
        kind == Program.Configuration.MASTER_DAEMON || kind == Program.Configuration.MINION_DAEMON;
    ConfigLoader loader =
        new ConfigLoader(catalog, surroundings, daemon ? catalog.namesWithoutEffect() : Set.of());
    return switch (kind) {
      case CLIENT -> usable(loader.client(directory));
      case MASTER -> usable(loader.master(directory));
      case CALLER -> usable(loader.caller(directory));
      case MASTER_DAEMON -> withWarnings(loader.master(directory));
      case MINION_DAEMON -> withWarnings(loader.minion(directory));
    };
  }

  private static LoadedConfig usable(LoadedConfig loaded) {
    if (!loaded.usable()) {
      throw new ConfigException(
          String.join(
              "\n",
              loaded.problems().stream().filter(Problem::fatal).map(Problem::toString).toList()));
    }
    return loaded;
  }

  private LoadedConfig withWarnings(LoadedConfig loaded) {
    loaded.problems().stream()
        .filter(problem -> !problem.fatal())
        .forEach(problem -> warnings.println("warning: " + problem));
    return usable(loaded);
  }

  @Override
  public Map<String, Object> presets(String saltfile) {
    return new Saltfile(surroundings).presets(saltfile);
  }

  @Override
  public List<Object> arguments(List<String> texts, Set<String> verbatim) {
    return ArgumentText.parse(texts, verbatim);
  }

  @Override
  public String dump(Path directory) {
    return Yaml.dump(
        read(Program.Configuration.MASTER, directory).options().asMap(), DumpStyle.BLOCK);
  }
}

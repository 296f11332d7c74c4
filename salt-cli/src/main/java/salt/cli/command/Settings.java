package salt.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.config.ConfigException;
import salt.common.config.LoadedConfig;

/** What a program reads besides its command line. */
interface Settings {
  /**
   * The configuration of that kind from that directory.
   *
   * @throws ConfigException when it cannot be used
   */
  LoadedConfig read(Program.Configuration kind, Path directory);

  /**
   * The options of the Saltfile.
   *
   * @param saltfile the file named by the command line; null to look for one
   * @throws ConfigException when the file is missing or wrong
   */
  Map<String, Object> presets(String saltfile);

  /** The arguments of a function as values, as {@link ArgumentReader} says. */
  List<Object> arguments(List<String> texts, Set<String> verbatim);

  /**
   * The options of the master as YAML.
   *
   * @throws ConfigException when they cannot be used
   */
  String dump(Path directory);
}

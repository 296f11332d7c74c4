package salt.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import salt.common.config.Options;

/** What a program reads besides its command line. */
interface Settings {
  /** The configuration of that kind from that directory. */
  Options read(Program.Configuration kind, Path directory);

  /** The arguments of a function as values, as {@link ArgumentReader} says. */
  List<Object> arguments(List<String> texts, Set<String> verbatim);

  /** The configuration of that kind as YAML. */
  String dump(Program.Configuration kind, Path directory);
}

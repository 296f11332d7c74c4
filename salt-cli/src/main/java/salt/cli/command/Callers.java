package salt.cli.command;

import java.util.List;
import java.util.Map;
import salt.common.config.Options;

/** Lays what {@code salt-call} was told on its command line over the minion's options. */
final class Callers {
  private Callers() {}

  static Options overridden(Options given) {
    Options options = given;
    if (options.flag("local")) {
      options = options.with("file_client", "local");
    }
    if (!options.text("file_root", "").isEmpty()) {
      options = options.with("file_roots", Map.of("base", List.of(options.text("file_root"))));
    }
    if (!options.text("pillar_root", "").isEmpty()) {
      options = options.with("pillar_roots", Map.of("base", List.of(options.text("pillar_root"))));
    }
    return options;
  }
}

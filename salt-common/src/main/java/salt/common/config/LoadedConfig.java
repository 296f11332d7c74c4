package salt.common.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of loading: options that can be used as far as they go, and every problem found.
 *
 * @param options all options; where a value could not be used its default stands instead
 * @param problems in the order they were found; empty when all is well
 * @param files the files that were read, in that order
 */
public record LoadedConfig(Options options, List<Problem> problems, List<Path> files) {

  /** Keeps copies of the lists. */
  public LoadedConfig {
    problems = List.copyOf(problems);
    files = List.copyOf(files);
  }

  /** Whether a daemon may start with these options. */
  public boolean usable() {
    for (Problem problem : problems) {
      if (problem.fatal()) {
        return false;
      }
    }
    return true;
  }

  /** All problems in one text, a line each; empty when there are none. */
  public String report() {
    return problems.stream()
        .map(problem -> (problem.fatal() ? "error: " : "warning: ") + problem)
        .collect(Collectors.joining("\n"));
  }
}

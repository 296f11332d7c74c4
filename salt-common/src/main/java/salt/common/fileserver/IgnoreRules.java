package salt.common.fileserver;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;

/** The options {@code file_ignore_regex} and {@code file_ignore_glob}: files not to serve. */
final class IgnoreRules {
  private static final Logger log = LoggerFactory.getLogger(IgnoreRules.class);

  private final List<PythonRegex> regexes = new ArrayList<>();
  private final List<Glob> globs = new ArrayList<>();

  IgnoreRules(Options options) {
    for (Object regex : options.list("file_ignore_regex")) {
      try {
        // An empty option is no rule, though it would match everything.
        if (!"".equals(regex)) {
          regexes.add(PythonRegex.compile(String.valueOf(regex)));
        }
      } catch (PatternProblem e) {
        log.error("file_ignore_regex: '{}' is not used: {}", regex, e.getMessage());
      }
    }
    options.list("file_ignore_glob").forEach(glob -> globs.add(Glob.of(String.valueOf(glob))));
  }

  /** Whether a rule matches the path; regular expressions anywhere in it, globs all of it. */
  boolean ignores(String path) {
    return regexes.stream().anyMatch(regex -> regex.find(path, 0).isPresent())
        || globs.stream().anyMatch(glob -> glob.matches(path));
  }
}

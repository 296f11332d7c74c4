package salt.minion.module;

import java.util.List;
import java.util.function.Predicate;
import salt.common.pattern.Glob;
import salt.common.pattern.PythonRegex;
import salt.common.payload.PythonText;

/** Chooses paths by {@code include_pat} and {@code exclude_pat}: one pattern or a list of them. */
final class PathChoice implements Predicate<String> {
  private static final String REGEX = "E@";

  private final Object included;
  private final Object excluded;

  PathChoice(Object included, Object excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  @Override
  public boolean test(String path) {
    return (!PythonText.truth(included) || matches(path, included))
        && (!PythonText.truth(excluded) || !matches(path, excluded));
  }

  private static boolean matches(String path, Object patterns) {
    List<?> all = patterns instanceof List<?> list ? list : List.of(patterns);
    return all.stream().map(PythonText::str).anyMatch(pattern -> matches(path, pattern));
  }

  private static boolean matches(String path, String pattern) {
    return pattern.startsWith(REGEX)
        ? PythonRegex.compile(pattern.substring(REGEX.length())).find(path, 0).isPresent()
        : Glob.of(pattern).matches(path);
  }
}

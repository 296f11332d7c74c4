package salt.common.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the files a configuration includes and merges them: in the order of the patterns, those of
 * one pattern by name. Among them mappings merge and lists grow; what comes out replaces options of
 * the including file whole.
 */
final class Includes {
  private final Surroundings surroundings;
  private final boolean strict;
  private final List<Problem> problems;
  private final Map<String, ConfigFile> origins;
  private final List<Path> files;
  private final Set<Path> open = new LinkedHashSet<>();

  /**
   * A reader of includes.
   *
   * @param strict whether a file that cannot be read is fatal; otherwise it counts as empty
   * @param problems gets what is found wrong
   * @param origins gets the file that set an option last
   * @param files gets the files that were read
   */
  Includes(
      Surroundings surroundings,
      boolean strict,
      List<Problem> problems,
      Map<String, ConfigFile> origins,
      List<Path> files) {
    this.surroundings = surroundings;
    this.strict = strict;
    this.problems = problems;
    this.origins = origins;
    this.files = files;
  }

  /**
   * The merged options of all included files.
   *
   * @param include one pattern or a list of them; relative ones start in the folder of {@code from}
   * @param from the including file
   * @param expected whether a pattern without a match is worth a warning
   */
  Map<String, Object> read(Object include, Path from, boolean expected) {
    Map<String, Object> merged = new LinkedHashMap<>();
    if (!Python.truth(include)) {
      return merged;
    }
    for (Object pattern : include instanceof List<?> patterns ? patterns : List.of(include)) {
      if (!(pattern instanceof String text)) {
        String got = ValueType.of(pattern).phrase();
        problems.add(new Problem(strict, from, 0, "include: expected a text, got " + got));
        continue;
      }
      String path = Paths.join(from.getParent().toString(), surroundings.expandHome(text));
      List<String> matches = PathGlob.find(path);
      if (matches.isEmpty() && expected) {
        problems.add(new Problem(false, from, 0, "include: no file matches " + path));
      }
      for (String match : matches) {
        add(Path.of(match), expected, merged);
      }
    }
    return merged;
  }

  private void add(Path path, boolean expected, Map<String, Object> merged) {
    if (!open.add(path)) {
      problems.add(new Problem(strict, path, 0, "include: the file includes itself"));
      return;
    }
    Map<String, Object> values = file(path, expected);
    open.remove(path);
    if (values.get("schedule") instanceof Map<?, ?> jobs
        && merged.get("schedule") instanceof Map<?, ?> earlier) {
      // A job of the schedule is taken whole from the last file that has it.
      Map<Object, Object> schedule = new LinkedHashMap<>(earlier);
      schedule.putAll(jobs);
      merged.put("schedule", schedule);
    }
    Python.merge(merged, values);
  }

  private Map<String, Object> file(Path path, boolean expected) {
    try {
      ConfigFile file = ConfigFile.read(path);
      files.add(path);
      Map<String, Object> values = file.values();
      values.keySet().forEach(name -> origins.put(name, file));
      Object include = values.get("include");
      if (Python.truth(include)) {
        values.putAll(read(include, path, expected));
      }
      return values;
    } catch (ConfigFile.Unreadable e) {
      boolean schedule = path.toString().endsWith("_schedule.conf");
      problems.add(e.problem(strict && !schedule));
      if (schedule) {
        setAside(path);
      }
      return new LinkedHashMap<>();
    }
  }

  /** Salt writes this file itself; a broken one is moved away so that it is written anew. */
  private static void setAside(Path path) {
    Path aside = Path.of(path + "YAMLError");
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + path + " to " + aside, e);
    }
  }
}

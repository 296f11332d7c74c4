package salt.common.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression with the syntax and the meaning of Python's {@code re}, compiled once.
 *
 * <p>Matching always ends: a pattern that takes more than a million steps on one text is given up
 * with a {@link PatternProblem}. Java's own engine has no such bound, which is one reason not to
 * use it for patterns from outside; the other is that it reads many of them differently. Named
 * characters, {@code \N{...}}, are refused.
 */
public final class PythonRegex {
  private final String source;
  private final RegexParser.Parsed parsed;

  private PythonRegex(String source, RegexParser.Parsed parsed) {
    this.source = source;
    this.parsed = parsed;
  }

  /**
   * Compiles a pattern.
   *
   * @throws PatternProblem in Python's words, such as {@code unterminated character set at position
   *     0}
   */
  public static PythonRegex compile(String pattern) {
    return new PythonRegex(pattern, RegexParser.parse(pattern));
  }

  /** Whether {@code text} begins with a match, as {@code re.match}. */
  public boolean matchesStart(String text) {
    return matchesStart(text, new Effort());
  }

  /** As above, as part of a greater effort. */
  public boolean matchesStart(String text, Effort effort) {
    int[] codes = text.codePoints().toArray();
    return new RegexRun(parsed.code().steps(), parsed.registers(), codes, effort).run(0, 0) >= 0;
  }

  /** The match at the start of {@code text}, as {@code re.match}. */
  public Optional<Match> matchStart(String text) {
    int[] codes = text.codePoints().toArray();
    return at(codes, 0, new Effort());
  }

  /** The first match at or behind character {@code from}, as {@code search(text, from)}. */
  public Optional<Match> find(String text, int from) {
    int[] codes = text.codePoints().toArray();
    Effort effort = new Effort();
    for (int at = from; at <= codes.length; at++) {
      Optional<Match> match = at(codes, at, effort);
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }

  /** The number of each named group. */
  public Map<String, Integer> groupNames() {
    return parsed.names();
  }

  private Optional<Match> at(int[] codes, int at, Effort effort) {
    RegexRun run = new RegexRun(parsed.code().steps(), parsed.registers(), codes, effort);
    int end = run.run(0, at);
    if (end < 0) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    for (int group = 0; group <= parsed.groups(); group++) {
      int start = run.registers()[2 * group];
      int stop = run.registers()[2 * group + 1];
      groups.add(stop < start || stop < 0 ? null : new String(codes, start, stop - start));
    }
    return Optional.of(new Match(at, end, groups));
  }

  /**
   * A match.
   *
   * @param start where it begins, in characters (code points) from 0
   * @param end where it ends: the character behind it
   * @param groups the text of each group, null for one that took no part; group 0 is all
   */
  public record Match(int start, int end, List<String> groups) {
    /** Copies the groups. */
    public Match {
      groups = Collections.unmodifiableList(new ArrayList<>(groups));
    }
  }

  @Override
  public String toString() {
    return source;
  }
}

package salt.common.target;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import salt.common.pattern.Effort;

/**
 * {@code key:subkey:pattern} against nested data.
 *
 * <p>The delimiter may also be part of a key or of the pattern, so every cut is tried, the longest
 * key first: {@code a:b:c} is {@code c} below {@code a}, {@code b}, then {@code b:c} below {@code
 * a}.
 */
final class FactExpression {
  /** The delimiter when none is given, and the only one within a pattern. */
  static final String DELIMITER = ":";

  private static final int MAX_PARTS = 100;

  private final List<Cut> cuts;

  /** One way to cut the expression; without a path the pattern is for all data. */
  private record Cut(FactPath path, FactPattern pattern) {}

  private FactExpression(List<Cut> cuts) {
    this.cuts = cuts;
  }

  /**
   * Reads an expression; one without the delimiter matches nothing.
   *
   * @throws TargetProblem when the delimiter is empty or occurs too often
   */
  static FactExpression of(String expression, String delimiter, FactPattern.Family family) {
    if (delimiter.isEmpty()) {
      throw new TargetProblem("the delimiter of a target is empty");
    }
    List<String> parts = List.of(Pattern.compile(delimiter, Pattern.LITERAL).split(expression, -1));
    if (parts.size() > MAX_PARTS) {
      throw new TargetProblem("a target has more than " + MAX_PARTS + " levels");
    }
    FactPath keys = new FactPath(parts.subList(0, parts.size() - 1));
    List<Cut> cuts = new ArrayList<>();
    for (int cut = parts.size() - 1; cut > 0; cut--) {
      String key = String.join(delimiter, parts.subList(0, cut));
      String rest = String.join(delimiter, parts.subList(cut, parts.size()));
      cuts.add(
          key.equals("*")
              ? new Cut(null, family.pattern(expression))
              : new Cut(keys.first(cut), family.pattern(rest)));
    }
    return new FactExpression(List.copyOf(cuts));
  }

  boolean matches(Object data, Effort effort) {
    for (Cut cut : cuts) {
      effort.step();
      Object found = cut.path == null ? data : cut.path.find(data);
      if (found != FactPath.NOTHING && cut.pattern.matchesFound(found, effort)) {
        return true;
      }
    }
    return false;
  }
}

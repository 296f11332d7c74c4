package salt.common.target;

import java.util.Map;
import salt.common.pattern.Effort;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;

/**
 * A target as it is published, read once and asked for any number of minions; safe for several
 * threads.
 *
 * <p>This is a minion's way of matching. The master's way, which differs for minions it knows
 * nothing of, is {@link TargetCheck}.
 */
public final class Target {
  private interface Match {
    boolean matches(Minion minion, Effort effort);
  }

  private final Match match;

  private Target(Match match) {
    this.match = match;
  }

  /**
   * Reads the {@code tgt}, {@code tgt_type} and {@code delimiter} of a publication.
   *
   * @param target text or a list of texts
   * @param type one of glob, pcre, list, grain, grain_pcre, pillar, pillar_pcre, pillar_exact,
   *     compound, ipcidr, nodegroup
   * @param delimiter between the keys of grain, grain_pcre and pillar; as in Salt the other types
   *     always use a colon
   * @param nodegroups the option of that name
   * @throws TargetProblem when the target is broken or its type unknown, unsupported (range) or
   *     only for masters (compound_pillar_exact)
   * @throws PatternProblem when a regular expression on the id is broken
   */
  public static Target parse(Object target, String type, String delimiter, Map<?, ?> nodegroups) {
    return switch (type) {
      case "glob" -> ofGlob(target);
      case "pcre" -> of(new Condition.IdRegex(PythonRegex.compile(text(target, type))));
      case "list" -> of(Condition.IdList.of(target));
      case "grain" -> fact(target, delimiter, false, FactPattern.Kind.GLOB);
      case "grain_pcre" -> fact(target, delimiter, false, FactPattern.Kind.REGEX);
      case "pillar" -> fact(target, delimiter, true, FactPattern.Kind.GLOB);
      case "pillar_pcre" -> fact(target, FactExpression.DELIMITER, true, FactPattern.Kind.REGEX);
      case "pillar_exact" -> fact(target, FactExpression.DELIMITER, true, FactPattern.Kind.EXACT);
      case "ipcidr" -> of(Condition.Address.orNever(text(target, type)));
      case "compound" -> new Target(Compound.parse(target, nodegroups)::matches);
      case "nodegroup" -> nodegroup(text(target, type), nodegroups);
      case "range" -> throw new TargetProblem(RANGE);
      default -> throw new TargetProblem("no such matcher: " + type);
    };
  }

  static final String RANGE =
      "range targets are not supported: they need a range server and its client library";

  /** A glob on the id, the type of a publication that names none. */
  public static Target glob(String pattern) {
    return ofGlob(pattern);
  }

  /** A compound target, as top files use it. */
  public static Target compound(Object target, Map<?, ?> nodegroups) {
    return parse(target, "compound", FactExpression.DELIMITER, nodegroups);
  }

  /**
   * Whether the minion is meant.
   *
   * @throws PatternProblem when matching takes too long
   */
  public boolean matches(Minion minion) {
    return match.matches(minion, new Effort());
  }

  private static Target of(Condition condition) {
    return new Target(condition::holds);
  }

  private static Target ofGlob(Object target) {
    return of(
        target instanceof String pattern
            ? new Condition.IdGlob(Glob.of(pattern))
            : new Condition.Never());
  }

  private static Target fact(
      Object target, String delimiter, boolean pillar, FactPattern.Kind kind) {
    String expression = text(target, pillar ? "pillar" : "grain");
    return of(
        new Condition.Fact(
            pillar, FactExpression.of(expression, delimiter, new FactPattern.Family(kind))));
  }

  private static Target nodegroup(String name, Map<?, ?> nodegroups) {
    Nodegroups groups = new Nodegroups(nodegroups);
    return groups.has(name)
        ? new Target(Compound.parse(groups.expand(name), nodegroups)::matches)
        : of(new Condition.Never());
  }

  static String text(Object target, String type) {
    if (target instanceof String text) {
      return text;
    }
    throw new TargetProblem("a target of type " + type + " must be text, not " + target);
  }
}

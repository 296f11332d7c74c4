package salt.common.target;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.pattern.Effort;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;
import salt.common.payload.PythonText;

/**
 * The master's check of a target: which minions are expected to answer.
 *
 * <p>Grains and pillar are those of the master's cache, so the answer is a best guess; the minions
 * decide by themselves. As in Salt 3006.28 an accepted minion without cached data is not expected
 * for a target by grains or pillar, but is for one by address.
 */
public final class TargetCheck {
  private final KnownMinions known;
  private final Map<?, ?> nodegroups;
  private final boolean dataCache;

  /**
   * A check against these minions.
   *
   * @param nodegroups the option of that name
   * @param dataCache the option {@code minion_data_cache}: without it every accepted minion is
   *     expected for a target that is not by id
   */
  public TargetCheck(KnownMinions known, Map<?, ?> nodegroups, boolean dataCache) {
    this.known = known;
    this.nodegroups = nodegroups;
    this.dataCache = dataCache;
  }

  /** Checks greedily, with a colon between keys. */
  public ExpectedMinions check(Object target, String type) {
    return check(target, type, FactExpression.DELIMITER, true);
  }

  /**
   * Checks a target.
   *
   * @param target text or list; null is the empty text
   * @param type as for {@link Target#parse}, and compound_pillar_exact
   * @param delimiter between keys of grain and pillar targets
   * @param greedy whether accepted minions without cached data are considered where nothing speaks
   *     against them, rather than only those with data
   * @return who is expected; an unusable target gives nobody and a problem
   */
  public ExpectedMinions check(Object target, String type, String delimiter, boolean greedy) {
    try {
      Check check = new Check(delimiter, greedy);
      return check.run(target == null ? "" : target, type);
    } catch (TargetProblem | PatternProblem e) {
      return ExpectedMinions.none(
          "Failed matching available minions with %s pattern: %s: %s"
              .formatted(type, target, e.getMessage()));
    }
  }

  /** One check, with the minions as they are now. */
  final class Check {
    private final Effort effort = new Effort();
    private final String delimiter;
    private final boolean greedy;
    private final Set<String> accepted = new LinkedHashSet<>(known.accepted());

    private Check(String delimiter, boolean greedy) {
      this.delimiter = delimiter;
      this.greedy = greedy;
    }

    private ExpectedMinions run(Object target, String type) {
      return switch (type) {
        case "glob" -> found(glob(Target.text(target, type)));
        case "pcre" -> found(pcre(Target.text(target, type)));
        case "list" -> list(target);
        case "grain" -> fact(target, false, FactPattern.Kind.GLOB);
        case "grain_pcre" -> fact(target, false, FactPattern.Kind.REGEX);
        case "pillar" -> fact(target, true, FactPattern.Kind.GLOB);
        case "pillar_pcre" -> fact(target, true, FactPattern.Kind.REGEX);
        case "pillar_exact" -> fact(target, true, FactPattern.Kind.EXACT);
        case "ipcidr" -> found(address(Target.text(target, type)));
        case "compound" -> compound(CompoundWord.words(target), false);
        case "compound_pillar_exact" -> compound(CompoundWord.words(target), true);
        case "nodegroup" ->
            compound(new Nodegroups(nodegroups).expand(Target.text(target, type)), false);
        case "range" -> throw new TargetProblem(Target.RANGE);
        default -> throw new TargetProblem("there is no target type " + type);
      };
    }

    private ExpectedMinions found(Collection<String> minions) {
      return new ExpectedMinions(List.copyOf(minions), List.of(), null);
    }

    private ExpectedMinions compound(List<String> words, boolean exact) {
      return dataCache
          ? new CompoundCheck(this, new Nodegroups(nodegroups), exact).check(words)
          : found(accepted);
    }

    private ExpectedMinions fact(Object target, boolean pillar, FactPattern.Kind kind) {
      String expression = Target.text(target, pillar ? "pillar" : "grain");
      return found(fact(expression, delimiter, pillar, kind));
    }

    Set<String> accepted() {
      return accepted;
    }

    Set<String> glob(String pattern) {
      return ofAccepted(new Condition.IdGlob(Glob.of(pattern)));
    }

    Set<String> pcre(String pattern) {
      return ofAccepted(new Condition.IdRegex(PythonRegex.compile(pattern)));
    }

    ExpectedMinions list(Object target) {
      List<String> minions = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (Object item : names(target)) {
        String name = PythonText.str(item);
        (accepted.contains(name) ? minions : missing).add(name);
      }
      return new ExpectedMinions(minions, missing, null);
    }

    private static Collection<?> names(Object target) {
      if (target instanceof String text) {
        List<String> names = new ArrayList<>(List.of(text.split(",", -1)));
        names.removeIf(String::isEmpty);
        return names;
      } else if (target instanceof Collection<?> names) {
        return names;
      }
      throw new TargetProblem("a target of type list must be text or a list, not " + target);
    }

    Set<String> fact(String expression, String between, boolean pillar, FactPattern.Kind kind) {
      if (!dataCache) {
        return greedy ? accepted : Set.of();
      }
      Condition condition =
          new Condition.Fact(
              pillar, FactExpression.of(expression, between, new FactPattern.Family(kind)));
      Set<String> matching = new LinkedHashSet<>();
      for (String id : greedy ? accepted : known.cached()) {
        effort.next();
        Minion minion = known.data(id);
        if (minion != null && condition.holds(minion, effort)) {
          matching.add(id);
        }
      }
      return matching;
    }

    Set<String> address(String text) {
      if (!dataCache) {
        return greedy ? accepted : Set.of();
      }
      Condition condition = Condition.Address.orNever(text);
      if (condition instanceof Condition.Never) {
        return Set.of();
      }
      Set<String> matching = new LinkedHashSet<>();
      for (String id : greedy ? accepted : known.cached()) {
        Minion minion = known.data(id);
        if (minion == null ? greedy : condition.holds(minion, effort)) {
          matching.add(id);
        }
      }
      return matching;
    }

    private Set<String> ofAccepted(Condition condition) {
      Set<String> matching = new LinkedHashSet<>();
      for (String id : accepted) {
        effort.next();
        if (condition.holds(new Minion(id, null, null), effort)) {
          matching.add(id);
        }
      }
      return matching;
    }
  }
}

package salt.common.target;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.pattern.Effort;
import salt.common.pattern.Glob;
import salt.common.pattern.PythonRegex;

/** One test of one minion, made once and asked for many. */
sealed interface Condition {
  boolean holds(Minion minion, Effort effort);

  /** The id matches a shell pattern. */
  record IdGlob(Glob glob) implements Condition {
    @Override
    public boolean holds(Minion minion, Effort effort) {
      return glob.matches(minion.id());
    }
  }

  /** The id begins with a match. */
  record IdRegex(PythonRegex regex) implements Condition {
    @Override
    public boolean holds(Minion minion, Effort effort) {
      return regex.matchesStart(minion.id(), effort);
    }
  }

  /**
   * The id is one of these.
   *
   * @param text all of them between commas, for ids that have a comma themselves; empty for a list
   */
  record IdList(Set<String> ids, String text) implements Condition {
    /** A list as it is sent: text separated by commas, or a list. */
    static IdList of(Object expression) {
      if (expression instanceof String text) {
        return new IdList(new HashSet<>(List.of(text.split(",", -1))), "," + text + ",");
      }
      Set<String> ids = new HashSet<>();
      if (expression instanceof Collection<?> items) {
        items.forEach(item -> ids.add(String.valueOf(item)));
      }
      return new IdList(ids, "");
    }

    @Override
    public boolean holds(Minion minion, Effort effort) {
      String id = minion.id();
      return ids.contains(id) || (id.indexOf(',') >= 0 && text.contains("," + id + ","));
    }
  }

  /** A grain or a pillar value matches. */
  record Fact(boolean pillar, FactExpression expression) implements Condition {
    @Override
    public boolean holds(Minion minion, Effort effort) {
      return expression.matches(facts(minion), effort);
    }

    private Map<?, ?> facts(Minion minion) {
      return pillar ? minion.pillar() : minion.grains();
    }
  }

  /** An address of the minion is this or in this network. */
  record Address(Network network) implements Condition {
    /** The condition for a text that must be an address or a network; else none fulfils it. */
    static Condition orNever(String text) {
      Network network = Network.of(text);
      return network == null ? new Never() : new Address(network);
    }

    @Override
    public boolean holds(Minion minion, Effort effort) {
      Map<?, ?> grains = minion.grains() == null ? Map.of() : minion.grains();
      return network.containsAny(grains.get(network.grain()));
    }
  }

  /** What no minion fulfils. */
  record Never() implements Condition {
    @Override
    public boolean holds(Minion minion, Effort effort) {
      return false;
    }
  }
}

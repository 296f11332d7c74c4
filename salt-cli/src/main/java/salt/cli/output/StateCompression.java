package salt.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/**
 * Rolls the states of one id, which has several names, into one: the option {@code
 * state_compress_ids}.
 */
final class StateCompression {
  static final String CHANGES = "compressed changes";
  private static final String SEPARATOR = "_|-";
  private static final int DURATION_DIGITS = 3;

  private StateCompression() {}

  /** The results of all minions compressed; unchanged when there is something that cannot be. */
  static Map<?, ?> compress(Map<?, ?> minions) {
    Map<Object, Object> compressed = new LinkedHashMap<>();
    try {
      minions.forEach((minion, states) -> compressed.put(minion, states(map(states))));
      return compressed;
    } catch (UnfitData cannot) {
      return minions;
    }
  }

  /** How many states were rolled into the one with this id. */
  static int count(String id) {
    int bracket = id.lastIndexOf(" (");
    if (bracket < 0 || !id.endsWith(")")) {
      return 1;
    }
    String number = id.substring(bracket + 2, id.length() - 1);
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 1;
  }

  private static Map<Object, Object> states(Map<?, ?> states) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    states.forEach((tag, state) -> counts.merge(group(tag, map(state)), 1, Integer::sum));
    Map<Object, Object> compressed = new LinkedHashMap<>();
    states.forEach((tag, state) -> add(compressed, counts, tag, map(state)));
    return compressed;
  }

  private static List<Object> group(Object tag, Map<?, ?> state) {
    return List.of(
        StateResult.of(tag, state).module(),
        PythonText.str(field(state, "__sls__")),
        PythonText.str(field(state, "__id__")),
        PythonText.str(field(state, "result")));
  }

  private static void add(
      Map<Object, Object> compressed,
      Map<List<Object>, Integer> counts,
      Object tag,
      Map<?, ?> state) {
    List<Object> group = group(tag, state);
    int count = counts.get(group);
    if (count == 1) {
      compressed.put(tag, state);
      return;
    }
    StateResult parts = StateResult.of(tag, state);
    String name = "state_compressed_" + group.get(1) + "_" + group.get(2) + "_" + group.get(3);
    String id = group.get(2) + " (" + count + ")";
    String newTag = String.join(SEPARATOR, parts.module(), id, name, parts.function());
    Object before = compressed.get(newTag);
    compressed.put(newTag, before == null ? state : merge(map(before), state));
  }

  /** The first of both with the earliest start, the sum of the times and the changes of both. */
  private static Map<Object, Object> merge(Map<?, ?> first, Map<?, ?> next) {
    Map<Object, Object> merged = new LinkedHashMap<>(first);
    merged.put("__run_num__", least(first, next, "__run_num__"));
    merged.put("duration", sum(field(first, "duration"), field(next, "duration")));
    merged.put("start_time", least(first, next, "start_time"));
    Object changes = next.get("changes");
    if (PythonText.truth(changes)) {
      Map<Object, Object> all = new LinkedHashMap<>();
      Object before = first.get("changes");
      if (before instanceof Map<?, ?> map && map.get(CHANGES) instanceof Map<?, ?> several) {
        all.putAll(several);
      } else if (PythonText.truth(before)) {
        all.put(first.get("name"), before);
      }
      all.put(next.get("name"), changes);
      merged.put("changes", new LinkedHashMap<>(Map.of(CHANGES, all)));
    }
    return merged;
  }

  private static Object least(Map<?, ?> first, Map<?, ?> next, String name) {
    Object a = field(first, name);
    Object b = field(next, name);
    int order =
        PythonOrder.compare(a, b)
            .orElseThrow(() -> new UnfitData("there is no order between the values of " + name));
    return order <= 0 ? a : b;
  }

  private static Object sum(Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      return left + right;
    } else if (a instanceof Number left && b instanceof Number right) {
      return new BigDecimal(left.doubleValue() + right.doubleValue())
          .setScale(DURATION_DIGITS, RoundingMode.HALF_EVEN)
          .doubleValue();
    }
    throw new UnfitData("a duration is no number");
  }

  private static Object field(Map<?, ?> state, String name) {
    if (!state.containsKey(name)) {
      throw new UnfitData("the result of a state has no " + name);
    }
    return state.get(name);
  }

  private static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new UnfitData("the result of a state is a map");
  }
}

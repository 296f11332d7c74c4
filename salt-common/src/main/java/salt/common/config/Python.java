package salt.common.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Python does with option values, where Salt leans on it. */
final class Python {
  private Python() {}

  /** Whether Python takes the value for true. */
  static boolean truth(Object value) {
    return Options.of(Collections.singletonMap("value", value)).flag("value");
  }

  /** A value spelt as Python's {@code str} spells it, for texts made of YAML scalars. */
  static String text(Object value) {
    if (value == null) {
      return "None";
    } else if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    return value.toString();
  }

  /** The map with its keys as texts, for mappings read from YAML. */
  static Map<String, Object> textKeys(Map<?, ?> map) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      result.put(text(entry.getKey()), entry.getValue());
    }
    return result;
  }

  /**
   * Lays one mapping over another as Salt does with included files: mappings merge, lists grow by
   * the items they lack, all else is replaced.
   */
  static <K> void merge(Map<K, Object> base, Map<? extends K, ?> over) {
    over.forEach((key, value) -> base.put(key, merged(base.get(key), value)));
  }

  private static Object merged(Object base, Object over) {
    if (base instanceof Map<?, ?> lower && over instanceof Map<?, ?> upper) {
      Map<Object, Object> result = new LinkedHashMap<>(lower);
      merge(result, upper);
      return result;
    } else if (base instanceof List<?> lower && over instanceof List<?> upper) {
      List<Object> result = new ArrayList<>(lower);
      for (Object item : upper) {
        if (!result.contains(item)) {
          result.add(item);
        }
      }
      return result;
    }
    return over;
  }
}

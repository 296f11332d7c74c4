package salt.common.jinja.value;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.payload.Tuple;

/** Maps and sets with Python's equality of keys: 1, 1.0 and True are one key. */
public final class Maps {
  private Maps() {}

  /** The value under {@code key}, or {@link PythonObject#ABSENT}. */
  public static Object get(Map<?, ?> map, Object key) {
    Object stored = stored(map, key);
    Object value = map.get(stored);
    return value != null || map.containsKey(stored) ? value : PythonObject.ABSENT;
  }

  /** Puts a value under the key that is equal to {@code key}, or under a new one. */
  public static void put(Map<Object, Object> map, Object key, Object value) {
    map.put(stored(map, key), value);
  }

  /** Takes a key out; gives its value or {@link PythonObject#ABSENT}. */
  public static Object remove(Map<Object, Object> map, Object key) {
    Object stored = stored(map, key);
    return map.containsKey(stored) ? map.remove(stored) : PythonObject.ABSENT;
  }

  /** Whether a set holds an equal item. */
  public static boolean holds(Set<?> set, Object item) {
    for (Object each : same(key(item))) {
      if (set.contains(each)) {
        return true;
      }
    }
    return false;
  }

  /** A set of the items, without those that are equal to an earlier one. */
  public static Set<Object> set(Iterable<?> items) {
    Set<Object> set = new LinkedHashSet<>();
    for (Object item : items) {
      if (!holds(set, item)) {
        set.add(key(item));
      }
    }
    return set;
  }

  /** The map that Python's {@code dict(value)} makes of a map or of pairs. */
  public static Map<Object, Object> of(Object value) {
    Map<Object, Object> result = new LinkedHashMap<>();
    update(result, value);
    return result;
  }

  /** Puts all entries of a map or of pairs. */
  public static void update(Map<Object, Object> target, Object value) {
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : List.copyOf(map.entrySet())) {
        put(target, entry.getKey(), entry.getValue());
      }
      return;
    }
    int number = 0;
    for (Object pair : Iteration.over(value)) {
      if (!Iteration.possible(pair)) {
        throw Errors.type(
            "cannot convert dictionary update sequence element #" + number + " to a sequence");
      }
      List<Object> both = Iteration.list(pair);
      if (both.size() != 2) {
        throw Errors.value(
            "dictionary update sequence element #%d has length %d; 2 is required"
                .formatted(number, both.size()));
      }
      put(target, both.get(0), both.get(1));
      number++;
    }
  }

  /**
   * A value as key.
   *
   * @throws salt.common.loader.PythonError when it can't be one
   */
  public static Object key(Object value) {
    if (value instanceof Markup markup) {
      return markup.content();
    } else if (value instanceof Undefined undefined) {
      undefined.demandLenient();
      return undefined;
    } else if (value instanceof Tuple tuple) {
      tuple.forEach(Maps::key);
      return tuple;
    } else if (value instanceof Map || value instanceof Collection) {
      throw Errors.type("unhashable type: '" + Types.of(value) + "'");
    }
    return value;
  }

  private static Object stored(Map<?, ?> map, Object key) {
    Object wanted = key(key);
    for (Object each : same(wanted)) {
      if (map.containsKey(each)) {
        return each;
      }
    }
    return wanted;
  }

  private static List<Object> same(Object key) {
    if (key == null) {
      return Collections.singletonList(null);
    } else if (!Types.isNumber(key)) {
      return List.of(key);
    }
    double real = key instanceof BigInteger big ? big.doubleValue() : Numbers.real(key);
    if (real == 0 || real == 1) {
      return List.of((long) real, real == 1, real);
    } else if (Numbers.isReal(key)) {
      return real == Math.rint(real) && !Double.isInfinite(real)
          ? List.of(key, Numbers.truncate(real))
          : List.of(key);
    }
    return List.of(key, real, Numbers.big(key).intValue());
  }
}

package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Maps;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.loader.PythonError;
import salt.common.payload.Tuple;

/** Salt's filters of maps. */
final class SaltDictFilters {
  private SaltDictFilters() {}

  static void add(Filters.Table table) {
    table
        .filter(
            "traverse",
            "traverse_dict_and_list(data, key, default=None, delimiter=':')",
            (e, a) -> traverse(a))
        .filter(
            "set_dict_key_value",
            "set_dict_key_value(in_dict, keys, value, delimiter=':', ordered_dict=False)",
            (e, a) -> set(a))
        .filter(
            "update_dict_key_value",
            "update_dict_key_value(in_dict, keys, value, delimiter=':', ordered_dict=False)",
            (e, a) -> update(a))
        .filter(
            "append_dict_key_value",
            "append_dict_key_value(in_dict, keys, value, delimiter=':', ordered_dict=False)",
            (e, a) -> append(a))
        .filter(
            "extend_dict_key_value",
            "extend_dict_key_value(in_dict, keys, value, delimiter=':', ordered_dict=False)",
            (e, a) -> extend(a))
        .filter("compare_dicts", "compare_dicts(old=None, new=None)", (e, a) -> compare(a))
        .filter(
            "json_encode_dict,json_decode_dict",
            "encode_dict(data)",
            (e, a) -> Encoding.encoded(a[0]))
        .filter(
            "json_query",
            "json_query(data, expr)",
            (e, a) -> JmesPath.search(Given.str(a[1]), a[0]));
  }

  private static List<Object> keys(Object keys, Object delimiter) {
    String text = Texts.orNull(keys);
    if (text == null) {
      return Iteration.possible(keys) ? Iteration.list(keys) : Arrays.asList(keys);
    }
    return new ArrayList<>(
        Arrays.asList((Object[]) text.split(Pattern.quote(Texts.str(delimiter)), -1)));
  }

  private static Object traverse(Object[] a) {
    Object data = a[0];
    for (Object key : keys(a[1], a[3])) {
      data = step(data, key);
      if (data == PythonObject.ABSENT) {
        return a[2];
      }
    }
    return data;
  }

  private static Object step(Object data, Object key) {
    if (data instanceof List<?> list) {
      Object index =
          Texts.isText(key) ? Numbers.parseInteger(Texts.str(key), 10).orElse(null) : key;
      if (Types.isInteger(index)) {
        int at = Numbers.index(index);
        int place = at < 0 ? at + list.size() : at;
        return place >= 0 && place < list.size() ? list.get(place) : PythonObject.ABSENT;
      }
      for (Object item : list) {
        if (item instanceof Map<?, ?> map && Maps.get(map, key) != PythonObject.ABSENT) {
          return Maps.get(map, key);
        }
      }
      return PythonObject.ABSENT;
    }
    if (!(data instanceof Map<?, ?> map)) {
      return PythonObject.ABSENT;
    }
    Object found = Maps.get(map, key);
    if (found == PythonObject.ABSENT && Texts.isText(key)) {
      Object number = Numbers.parseInteger(Texts.str(key), 10).orElse(null);
      found = number == null ? found : Maps.get(map, number);
    }
    return found;
  }

  /** The map that holds the last key; maps that are missing on the way are made. */
  @SuppressWarnings("unchecked") // Maps of templates hold any values.
  private static Map<Object, Object> holder(Object in, List<Object> keys) {
    Map<Object, Object> map = (Map<Object, Object>) Given.map(in);
    for (Object key : keys.subList(0, keys.size() - 1)) {
      Object next = Maps.get(map, key);
      if (!(next instanceof Map)) {
        next = new LinkedHashMap<Object, Object>();
        Maps.put(map, key, next);
      }
      map = (Map<Object, Object>) next;
    }
    return map;
  }

  private static Object set(Object[] a) {
    List<Object> keys = keys(a[1], a[3]);
    Maps.put(holder(a[0], keys), keys.get(keys.size() - 1), a[2]);
    return a[0];
  }

  private static Object last(Object[] a, Object fresh) {
    List<Object> keys = keys(a[1], a[3]);
    Map<Object, Object> map = holder(a[0], keys);
    Object key = keys.get(keys.size() - 1);
    Object found = Maps.get(map, key);
    if (found == PythonObject.ABSENT || found == null) {
      Maps.put(map, key, fresh);
      return fresh;
    }
    return found;
  }

  private static PythonError refused(Object value, String what) {
    return new PythonError(
        "SaltInvocationError",
        "The last key contains a " + Types.shown(value) + ", which cannot " + what + ".");
  }

  @SuppressWarnings("unchecked") // Maps of templates hold any values.
  private static Object update(Object[] a) {
    Object target = last(a, new LinkedHashMap<Object, Object>());
    if (!(target instanceof Map)) {
      throw refused(target, "update");
    } else if (!Iteration.possible(a[2])) {
      throw new PythonError(
          "SaltInvocationError",
          "Cannot update " + Types.shown(target) + " with a " + Types.shown(a[2]) + ".");
    }
    Maps.update((Map<Object, Object>) target, a[2]);
    return a[0];
  }

  @SuppressWarnings("unchecked") // Lists of templates hold any values.
  private static Object append(Object[] a) {
    Object target = last(a, new ArrayList<Object>());
    if (!(target instanceof List) || target instanceof Tuple) {
      throw refused(target, "append");
    }
    ((List<Object>) target).add(a[2]);
    return a[0];
  }

  @SuppressWarnings("unchecked") // Lists of templates hold any values.
  private static Object extend(Object[] a) {
    Object target = last(a, new ArrayList<Object>());
    if (!(target instanceof List) || target instanceof Tuple) {
      throw refused(target, "extend");
    } else if (!Iteration.possible(a[2])) {
      throw new PythonError(
          "SaltInvocationError",
          "Cannot extend " + Types.shown(target) + " with a " + Types.shown(a[2]) + ".");
    }
    ((List<Object>) target).addAll(Iteration.list(a[2]));
    return a[0];
  }

  private static Object compare(Object[] a) {
    Map<?, ?> old = Given.map(a[0] == null ? Map.of() : a[0]);
    Map<?, ?> fresh = Given.map(a[1] == null ? Map.of() : a[1]);
    Map<Object, Object> result = new LinkedHashMap<>();
    for (Object key : Maps.set(both(old, fresh))) {
      Object before = Maps.get(old, key);
      Object after = Maps.get(fresh, key);
      Map<Object, Object> change = new LinkedHashMap<>();
      if (after == PythonObject.ABSENT) {
        change.put("new", "");
        change.put("old", before);
      } else if (before == PythonObject.ABSENT) {
        change.put("new", after);
        change.put("old", "");
      } else if (!Comparison.equal(before, after)) {
        change.put("old", before);
        change.put("new", after);
      }
      if (!change.isEmpty()) {
        result.put(key, change);
      }
    }
    return result;
  }

  private static List<Object> both(Map<?, ?> old, Map<?, ?> fresh) {
    List<Object> keys = new ArrayList<>(fresh.keySet());
    keys.addAll(old.keySet());
    return keys;
  }
}

package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.OrderedDict;
import salt.common.payload.Tuple;

/** Methods of maps. */
final class DictMethods {
  static final Map<String, Method> TABLE =
      new Methods<Map<Object, Object>>("dict")
          .add("get(key, default=None)", (map, a) -> found(map, a[0], a[1]))
          .add("keys()", (map, a) -> new DictView(map, DictView.Part.KEYS))
          .add("values()", (map, a) -> new DictView(map, DictView.Part.VALUES))
          .add("items()", (map, a) -> new DictView(map, DictView.Part.ITEMS))
          .add("copy()", (map, a) -> copy(map))
          .add("clear()", DictMethods::clear)
          .add("pop(key, default=ABSENT)", DictMethods::pop)
          .add("popitem()", DictMethods::popLast)
          .add("setdefault(key, default=None)", DictMethods::putIfAbsent)
          .add("fromkeys(iterable, value=None)", (map, a) -> fromKeys(a[0], a[1]))
          .add("update(*)", DictMethods::update)
          .table();

  private DictMethods() {}

  private static Object found(Map<?, ?> map, Object key, Object fallback) {
    Object value = Maps.get(map, key);
    return value == PythonObject.ABSENT ? fallback : value;
  }

  private static Object copy(Map<Object, Object> map) {
    return map instanceof OrderedDict ? new OrderedDict(map) : new LinkedHashMap<>(map);
  }

  private static Object clear(Map<Object, Object> map, Object[] a) {
    map.clear();
    return null;
  }

  private static Object pop(Map<Object, Object> map, Object[] a) {
    Object value = Maps.remove(map, a[0]);
    if (value != PythonObject.ABSENT) {
      return value;
    } else if (a[1] == PythonObject.ABSENT) {
      throw Errors.key(a[0]);
    }
    return a[1];
  }

  private static Object popLast(Map<Object, Object> map, Object[] a) {
    if (map.isEmpty()) {
      throw Errors.key("popitem(): dictionary is empty");
    }
    List<Object> keys = new ArrayList<>(map.keySet());
    Object key = keys.get(keys.size() - 1);
    return Tuple.of(Arrays.asList(key, map.remove(key)));
  }

  private static Object putIfAbsent(Map<Object, Object> map, Object[] a) {
    Object value = Maps.get(map, a[0]);
    if (value == PythonObject.ABSENT) {
      Maps.put(map, a[0], a[1]);
      return a[1];
    }
    return value;
  }

  static Object fromKeys(Object keys, Object value) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Object key : Iteration.over(keys)) {
      Maps.put(map, key, value);
    }
    return map;
  }

  private static Object update(Map<Object, Object> map, Object[] a) {
    List<?> positional = (List<?>) a[0];
    if (positional.size() > 1) {
      throw Errors.type("update expected at most 1 argument, got " + positional.size());
    }
    if (!positional.isEmpty()) {
      Maps.update(map, positional.get(0));
    }
    ((Map<?, ?>) a[1]).forEach((key, value) -> Maps.put(map, key, value));
    return null;
  }
}

package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import salt.common.loader.PythonError;

/** Methods of lists, tuples and ranges. */
final class ListMethods {
  static final Map<String, Method> TABLE = list().table();
  static final Map<String, Method> TUPLE =
      new Methods<Object>("tuple")
          .add("count(value)", (items, a) -> count(Iteration.list(items), a[0]))
          .add(
              "index(value, start=0, stop=None)",
              (items, a) -> index(Iteration.list(items), a, "tuple.index(x): x not in tuple"))
          .table();

  private ListMethods() {}

  private static Methods<List<Object>> list() {
    return new Methods<List<Object>>("list")
        .add("append(object)", (list, a) -> nothing(list.add(a[0])))
        .add(
            "extend(iterable)",
            (list, a) -> {
              List<Object> items = Iteration.list(a[0]);
              Arithmetic.checkSize((long) list.size() + items.size());
              return nothing(list.addAll(items));
            })
        .add("insert(index, object)", ListMethods::insert)
        .add("pop(index=-1)", (list, a) -> pop(list, Numbers.index(a[0])))
        .add("remove(value)", ListMethods::remove)
        .add("clear()", (list, a) -> cleared(list))
        .add("copy()", (list, a) -> new ArrayList<>(list))
        .add("count(value)", (list, a) -> count(list, a[0]))
        .add(
            "index(value, start=0, stop=None)",
            (list, a) -> index(list, a, Texts.repr(a[0]) + " is not in list"))
        .add("reverse()", (list, a) -> reversed(list))
        .add("+sort(key=None, reverse=False)", ListMethods::sort);
  }

  private static Object nothing(boolean ignored) {
    return null;
  }

  private static Object cleared(List<Object> list) {
    list.clear();
    return null;
  }

  private static Object reversed(List<Object> list) {
    Collections.reverse(list);
    return null;
  }

  private static Object insert(List<Object> list, Object[] a) {
    int index = Numbers.index(a[0]);
    int from = index < 0 ? index + list.size() : index;
    list.add(Math.max(0, Math.min(list.size(), from)), a[1]);
    return null;
  }

  private static Object pop(List<Object> list, int index) {
    if (list.isEmpty()) {
      throw Errors.index("pop from empty list");
    }
    int from = index < 0 ? index + list.size() : index;
    if (from < 0 || from >= list.size()) {
      throw Errors.index("pop index out of range");
    }
    return list.remove(from);
  }

  private static Object remove(List<Object> list, Object[] a) {
    for (int i = 0; i < list.size(); i++) {
      if (Comparison.equal(list.get(i), a[0])) {
        list.remove(i);
        return null;
      }
    }
    throw Errors.value("list.remove(x): x not in list");
  }

  private static Object count(List<Object> list, Object value) {
    return list.stream().filter(item -> Comparison.equal(item, value)).count();
  }

  private static Object index(List<Object> list, Object[] a, String refusal) {
    int length = list.size();
    int start = bounded(Numbers.index(a[1]), length);
    int stop = a[2] == null ? length : bounded(Numbers.index(a[2]), length);
    for (int i = start; i < stop; i++) {
      if (Comparison.equal(list.get(i), a[0])) {
        return (long) i;
      }
    }
    throw Errors.value(refusal);
  }

  private static int bounded(int index, int length) {
    return Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  private static Object sort(List<Object> list, Object[] a) {
    if (a[0] != null) {
      throw new PythonError("TypeError", "'" + Types.of(a[0]) + "' object is not callable");
    }
    List<Object> sorted = Sorting.sorted(list, Truth.of(a[1]));
    for (int i = 0; i < sorted.size(); i++) {
      list.set(i, sorted.get(i));
    }
    return null;
  }
}

package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Attributes;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Maps;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Sorting;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.payload.Tuple;

/** Salt's filters of lists. */
final class SaltListFilters {
  private SaltListFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("unique", "unique(values)", (e, a) -> unique(a[0]))
        .filter("min", "lst_min(obj)", (e, a) -> extreme(a[0], "<", "min"))
        .filter("max", "lst_max(obj)", (e, a) -> extreme(a[0], ">", "max"))
        .filter("avg", "lst_avg(lst)", (e, a) -> average(a[0]))
        .filter("union", "union(lst1, lst2)", (e, a) -> unique(together(a[0], a[1])))
        .filter("intersect", "intersect(lst1, lst2)", (e, a) -> kept(a[0], a[1], true))
        .filter("difference", "difference(lst1, lst2)", (e, a) -> kept(a[0], a[1], false))
        .filter("symmetric_difference", "symmetric_difference(lst1, lst2)", (e, a) -> symmetric(a))
        .filter(
            "flatten",
            "flatten(data, levels=None, preserve_nulls=False, _ids=None)",
            (e, a) -> flatten(a))
        .filter("is_list", "is_list(value)", (e, a) -> isList(a[0]))
        .filter("is_iter", "is_iter(thing, ignore=None)", (e, a) -> isIterable(a[0]))
        .filter(
            "exactly_n_true",
            "exactly_n(iterable, amount=1)",
            (e, a) -> exactly(a[0], Numbers.index(a[1])))
        .filter("exactly_one_true", "exactly_one(iterable)", (e, a) -> exactly(a[0], 1))
        .filter(
            "substring_in_list",
            "substr_in_list(string_to_search_for, list_to_search)",
            (e, a) -> inAny(a))
        .filter("sorted_ignorecase", "sorted_ignorecase(to_sort)", (e, a) -> sortedFolded(a[0]))
        .filter("compare_lists", "compare_lists(old=None, new=None)", (e, a) -> compare(a))
        .filter(
            "json_encode_list,json_decode_list",
            "encode_list(data)",
            (e, a) -> Encoding.encoded(a[0]))
        .filter("mysql_to_dict", "mysql_to_dict(data, key)", (e, a) -> mysql(a));
  }

  static boolean isList(Object value) {
    return value instanceof List && !(value instanceof Tuple);
  }

  private static boolean isIterable(Object value) {
    return !Texts.isText(value) && Iteration.possible(value);
  }

  private static List<Object> unique(Object values) {
    List<Object> kept = new ArrayList<>();
    for (Object item : Iteration.over(values)) {
      if (!Iteration.contains(kept, item)) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static Object extreme(Object value, String operator, String name) {
    Object best = PythonObject.ABSENT;
    for (Object item : Iteration.over(value)) {
      if (best == PythonObject.ABSENT || Comparison.ordered(operator, item, best)) {
        best = item;
      }
    }
    if (best == PythonObject.ABSENT) {
      throw Errors.value(name + "() arg is an empty sequence");
    }
    return best;
  }

  private static Object average(Object value) {
    if (!Iteration.possible(value) || Texts.isText(value)) {
      return Numbers.real(value);
    }
    Object sum = 0L;
    List<Object> items = Iteration.list(value);
    for (Object item : items) {
      sum = Arithmetic.add(sum, item);
    }
    return Arithmetic.divide(sum, (long) items.size());
  }

  private static List<Object> together(Object one, Object other) {
    boolean lists = one instanceof List && other instanceof List;
    if (!lists) {
      return Iteration.list(Arithmetic.add(one, other));
    }
    List<Object> all = Iteration.list(one);
    all.addAll(Iteration.list(other));
    return all;
  }

  private static List<Object> kept(Object one, Object other, boolean shared) {
    List<Object> theirs = Iteration.list(other);
    List<Object> result = new ArrayList<>();
    for (Object item : Iteration.over(one)) {
      if (Iteration.contains(theirs, item) == shared) {
        result.add(item);
      }
    }
    return unique(result);
  }

  private static Object symmetric(Object[] a) {
    List<Object> all = kept(a[0], a[1], false);
    all.addAll(kept(a[1], a[0], false));
    return unique(all);
  }

  private static Object flatten(Object[] a) {
    List<Object> flat = new ArrayList<>();
    int levels = a[1] == null ? 100 : Numbers.index(a[1]);
    flatten(a[0], levels, Truth.of(a[2]), flat);
    return flat;
  }

  private static void flatten(Object items, int levels, boolean nulls, List<Object> flat) {
    for (Object item : Iteration.over(items)) {
      boolean nested = item instanceof Collection && !(item instanceof Set);
      if (nested && levels > 0) {
        flatten(item, levels - 1, nulls, flat);
      } else if (nulls || !empty(item)) {
        flat.add(item);
      }
    }
  }

  private static boolean empty(Object item) {
    return item == null || "None".equals(item) || "null".equals(item);
  }

  private static boolean exactly(Object items, int amount) {
    int count = 0;
    for (Object item : Iteration.over(items)) {
      count += Truth.of(item) ? 1 : 0;
    }
    return count == amount;
  }

  private static boolean inAny(Object[] a) {
    for (Object each : Iteration.over(a[1])) {
      if (Iteration.contains(each, a[0])) {
        return true;
      }
    }
    return false;
  }

  private static Object sortedFolded(Object items) {
    UnaryOperator<Object> lower =
        item -> {
          if (Attributes.get(item, "lower") instanceof Invocable method) {
            return method.call(Arguments.NONE);
          }
          throw Errors.attribute(item, "lower");
        };
    return Sorting.sorted(Iteration.list(items), lower, false);
  }

  private static Object compare(Object[] a) {
    Map<Object, Object> result = new LinkedHashMap<>();
    addMissing(result, "new", a[1], a[0]);
    addMissing(result, "old", a[0], a[1]);
    return result;
  }

  private static void addMissing(
      Map<Object, Object> result, String name, Object items, Object from) {
    List<Object> theirs = Iteration.list(from);
    List<Object> missing = new ArrayList<>();
    for (Object item : Iteration.over(items)) {
      if (!Iteration.contains(theirs, item)) {
        missing.add(item);
      }
    }
    if (!missing.isEmpty()) {
      result.put(name, missing);
    }
  }

  private static Object mysql(Object[] a) {
    Map<Object, Object> rows = new LinkedHashMap<>();
    List<String> head = new ArrayList<>();
    for (Object line : Iteration.over(a[0])) {
      String text = Texts.str(line);
      if (!text.startsWith("|")) {
        continue;
      }
      List<String> cells = new ArrayList<>();
      for (String cell : text.strip().replaceAll("^\\||\\|$", "").split("\\|", -1)) {
        cells.add(cell.strip());
      }
      if (head.isEmpty()) {
        head.addAll(cells);
        continue;
      }
      Map<Object, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < head.size() && i < cells.size(); i++) {
        row.put(head.get(i), SaltTextFilters.number(cells.get(i)));
      }
      Object key = Maps.get(row, a[1]);
      if (key != PythonObject.ABSENT) {
        Maps.put(rows, key, row);
      }
    }
    return rows;
  }
}

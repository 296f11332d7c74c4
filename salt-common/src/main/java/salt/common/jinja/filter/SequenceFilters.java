package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.DictView;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Generator;
import salt.common.jinja.value.Items;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Maps;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Range;
import salt.common.jinja.value.Sorting;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Tuple;

/** Jinja's filters of sequences. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("first", "do_first(@, seq)", SequenceFilters::first)
        .filter("last", "do_last(@, seq)", SequenceFilters::last)
        .filter("length,count", "len(obj)", (e, a) -> (long) Iteration.length(a[0]))
        .filter("list", "do_list(value)", (e, a) -> Iteration.list(a[0]))
        .filter("reverse", "do_reverse(value)", (e, a) -> reverse(a[0]))
        .filter("join", "do_join(@, value, d='', attribute=None)", SequenceFilters::join)
        .filter("items", "do_items(value)", (e, a) -> items(a[0]))
        .filter("random", "do_random(@, seq)", SequenceFilters::random)
        .filter("batch", "do_batch(value, linecount, fill_with=None)", (e, a) -> batch(a))
        .filter("slice", "do_slice(value, slices, fill_with=None)", (e, a) -> slice(a))
        .filter("sum", "do_sum(@, iterable, attribute=None, start=0)", SequenceFilters::sum)
        .filter(
            "sort",
            "do_sort(@, value, reverse=False, case_sensitive=False, attribute=None)",
            SequenceFilters::sort)
        .filter(
            "dictsort",
            "do_dictsort(value, case_sensitive=False, by='key', reverse=False)",
            (e, a) -> sortedItems(a))
        .filter(
            "unique",
            "do_unique(@, value, case_sensitive=False, attribute=None)",
            SequenceFilters::unique)
        .filter(
            "min",
            "do_min(@, value, case_sensitive=False, attribute=None)",
            (e, a) -> extreme(e, a, "<"))
        .filter(
            "max",
            "do_max(@, value, case_sensitive=False, attribute=None)",
            (e, a) -> extreme(e, a, ">"))
        .filter(
            "groupby",
            "do_groupby(@, value, attribute, default=None, case_sensitive=False)",
            SequenceFilters::group);
  }

  private static Object first(Evaluation evaluation, Object[] a) {
    Iterator<Object> items = Iteration.iterator(a[0]);
    return items.hasNext()
        ? items.next()
        : evaluation.undefined("No first item, sequence was empty.");
  }

  private static Object last(Evaluation evaluation, Object[] a) {
    if (a[0] instanceof Undefined undefined) {
      undefined.demandLenient();
    } else if (!reversible(a[0])) {
      throw Errors.type("'" + Types.of(a[0]) + "' object is not reversible");
    }
    List<Object> items = Iteration.list(a[0]);
    return items.isEmpty()
        ? evaluation.undefined("No last item, sequence was empty.")
        : items.get(items.size() - 1);
  }

  private static boolean reversible(Object value) {
    return value instanceof List
        || value instanceof Map
        || Texts.isText(value)
        || value instanceof Range
        || value instanceof GroupOf
        || value instanceof DictView;
  }

  private static Object reverse(Object value) {
    if (Texts.isText(value)) {
      return Items.slice(value, null, null, -1L);
    } else if (!Iteration.possible(value)) {
      throw Given.wrong("argument must be iterable");
    }
    List<Object> items = Iteration.list(value);
    Collections.reverse(items);
    String type =
        value instanceof Range
            ? "range_iterator"
            : value instanceof Map
                ? "dict_reversekeyiterator"
                : value instanceof Tuple ? "reversed" : "list_reverseiterator";
    return reversible(value) ? Generator.object(type, items.iterator()) : items;
  }

  private static Object join(Evaluation evaluation, Object[] a) {
    UnaryOperator<Object> key = Keys.of(evaluation, a[2], false, null);
    boolean markup = evaluation.autoescape();
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (Object item : Iteration.over(a[0])) {
      Object value = key.apply(item);
      out.append(first ? "" : markup ? Markup.escape(a[1]).content() : Texts.str(a[1]));
      out.append(markup ? Markup.escape(value).content() : Texts.str(value));
      Arithmetic.checkSize(out.length());
      first = false;
    }
    return markup ? new Markup(out.toString()) : out.toString();
  }

  private static Object items(Object value) {
    if (value instanceof Undefined) {
      return Generator.of("do_items", List.of().iterator());
    }
    // What is no map is an error only when someone looks at the first item.
    Iterator<Object> late =
        new Iterator<>() {
          private Iterator<Object> items;

          private Iterator<Object> items() {
            if (items == null) {
              if (!(value instanceof Map<?, ?> map)) {
                throw Errors.type("Can only get item pairs from a mapping.");
              }
              items = new DictView(map, DictView.Part.ITEMS).iterator();
            }
            return items;
          }

          @Override
          public boolean hasNext() {
            return items().hasNext();
          }

          @Override
          public Object next() {
            return items().next();
          }
        };
    return Generator.of("do_items", late);
  }

  private static Object random(Evaluation evaluation, Object[] a) {
    List<Object> items = Iteration.list(a[0]);
    return items.isEmpty()
        ? evaluation.undefined("No random item, sequence was empty.")
        : items.get(ThreadLocalRandom.current().nextInt(items.size()));
  }

  private static Object batch(Object[] a) {
    int size = Numbers.index(a[1]);
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : Iteration.over(a[0])) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    while (a[2] != null && !batch.isEmpty() && batch.size() < size) {
      batch.add(a[2]);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return Generator.of("do_batch", batches.iterator());
  }

  private static Object slice(Object[] a) {
    List<Object> items = Iteration.list(a[0]);
    int count = Numbers.index(a[1]);
    if (count == 0) {
      return Generator.of("sync_do_slice", new Failing("integer division or modulo by zero"));
    }
    int each = items.size() / count;
    int more = items.size() % count;
    List<Object> slices = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = from + each + (i < more ? 1 : 0);
      List<Object> slice = new ArrayList<>(items.subList(from, to));
      if (a[2] != null && i >= more && more > 0) {
        slice.add(a[2]);
      }
      slices.add(slice);
      from = to;
    }
    return Generator.of("sync_do_slice", slices.iterator());
  }

  private record Failing(String message) implements Iterator<Object> {
    @Override
    public boolean hasNext() {
      throw Errors.zeroDivision(message);
    }

    @Override
    public Object next() {
      throw Errors.zeroDivision(message);
    }
  }

  private static Object sum(Evaluation evaluation, Object[] a) {
    UnaryOperator<Object> key = Keys.of(evaluation, a[1], false, null);
    if (Texts.isText(a[2])) {
      throw Errors.type("sum() can't sum strings [use ''.join(seq) instead]");
    }
    Object sum = a[2];
    for (Object item : Iteration.over(a[0])) {
      evaluation.step();
      sum = Arithmetic.add(sum, key.apply(item));
    }
    return sum;
  }

  private static Object sort(Evaluation evaluation, Object[] a) {
    UnaryOperator<Object> key = Keys.several(evaluation, a[3], !Truth.of(a[2]));
    return Sorting.sorted(Iteration.list(a[0]), key, Truth.of(a[1]));
  }

  private static Object sortedItems(Object[] a) {
    String by = Texts.str(a[2]);
    if (!"key".equals(by) && !"value".equals(by)) {
      throw Given.wrong("You can only sort by either \"key\" or \"value\"");
    }
    List<Object> items = Iteration.list(new DictView(Given.map(a[0]), DictView.Part.ITEMS));
    int place = "key".equals(by) ? 0 : 1;
    boolean exact = Truth.of(a[1]);
    UnaryOperator<Object> key =
        item -> {
          Object value = ((Tuple) item).get(place);
          return exact ? value : Keys.folded(value);
        };
    return Sorting.sorted(items, key, Truth.of(a[3]));
  }

  private static Object unique(Evaluation evaluation, Object[] a) {
    UnaryOperator<Object> key = Keys.of(evaluation, a[2], !Truth.of(a[1]), null);
    Set<Object> seen = new HashSet<>();
    List<Object> kept = new ArrayList<>();
    for (Object item : Iteration.over(a[0])) {
      Object each = key.apply(item);
      if (!Maps.holds(seen, each)) {
        seen.add(Maps.key(each));
        kept.add(item);
      }
    }
    return Generator.of("do_unique", kept.iterator());
  }

  private static Object extreme(Evaluation evaluation, Object[] a, String operator) {
    UnaryOperator<Object> key = Keys.of(evaluation, a[2], !Truth.of(a[1]), null);
    Object best = PythonObject.ABSENT;
    Object bestKey = null;
    for (Object item : Iteration.over(a[0])) {
      Object each = key.apply(item);
      if (best == PythonObject.ABSENT || Comparison.ordered(operator, each, bestKey)) {
        best = item;
        bestKey = each;
      }
    }
    return best == PythonObject.ABSENT
        ? evaluation.undefined("No aggregated item, sequence was empty.")
        : best;
  }

  private static Object group(Evaluation evaluation, Object[] a) {
    UnaryOperator<Object> folded = Keys.of(evaluation, a[1], !Truth.of(a[3]), a[2]);
    UnaryOperator<Object> exact = Keys.of(evaluation, a[1], false, a[2]);
    List<Object> sorted = Sorting.sorted(Iteration.list(a[0]), folded, false);
    List<Object> groups = new ArrayList<>();
    List<Object> group = new ArrayList<>();
    Object current = PythonObject.ABSENT;
    for (Object item : sorted) {
      Object each = folded.apply(item);
      if (current == PythonObject.ABSENT || !Comparison.equal(each, current)) {
        group = new ArrayList<>();
        groups.add(new GroupOf(exact.apply(item), group));
        current = each;
      }
      group.add(item);
    }
    return groups;
  }

  /** A group: a pair whose parts also have names. */
  record GroupOf(Object grouper, List<Object> list)
      implements PythonObject, Iterable<Object>, Iteration.Sized {
    private Tuple pair() {
      return Tuple.of(Arrays.asList(grouper, list));
    }

    @Override
    public Iterator<Object> iterator() {
      return pair().iterator();
    }

    @Override
    public int length() {
      return 2;
    }

    @Override
    public Object attribute(String name) {
      return switch (name) {
        case "grouper" -> grouper;
        case "list" -> list;
        default -> ABSENT;
      };
    }

    @Override
    public Object item(Object key) {
      return Items.get(pair(), key);
    }

    @Override
    public String type() {
      return "_GroupTuple";
    }

    @Override
    public String toString() {
      return Texts.repr(pair());
    }
  }
}

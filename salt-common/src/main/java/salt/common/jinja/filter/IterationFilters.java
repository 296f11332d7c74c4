package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Generator;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Truth;
import salt.common.payload.Tuple;

/** Python's itertools as filters. */
final class IterationFilters {
  private IterationFilters() {}

  static void add(Filters.Table table) {
    table
        .filter(
            "combinations",
            "combinations(iterable, r='-')",
            (e, a) -> picked("combinations", a, places -> rising(places, false)))
        .filter(
            "combinations_with_replacement",
            "combinations_with_replacement(iterable, r='-')",
            (e, a) -> picked("combinations_with_replacement", a, places -> rising(places, true)))
        .filter("permutations", "permutations(iterable, r=None)", (e, a) -> permutations(a))
        .filter("product", "product(*iterables, **options)", (e, a) -> product(a))
        .filter("compress", "compress(data, selectors)", (e, a) -> compress(a))
        .filter("zip", "zip(*iterables)", (e, a) -> zip((List<?>) a[0]))
        .filter("zip_longest", "zip_longest(*iterables, **options)", (e, a) -> zipLongest(a));
  }

  private static Object picked(String name, Object[] a, Predicate<int[]> fits) {
    if ("-".equals(a[1])) {
      throw Errors.type(name + "() missing required argument 'r' (pos 2)");
    }
    List<Object> items = Iteration.list(a[0]);
    int count = Numbers.index(a[1]);
    if (count < 0) {
      throw Errors.value("r must be non-negative");
    }
    return Generator.object("itertools." + name, new Picks(items, count, fits));
  }

  private static boolean rising(int[] places, boolean equal) {
    for (int i = 1; i < places.length; i++) {
      if (places[i] < places[i - 1] || (!equal && places[i] == places[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private static boolean distinct(int[] places) {
    for (int i = 0; i < places.length; i++) {
      for (int j = i + 1; j < places.length; j++) {
        if (places[i] == places[j]) {
          return false;
        }
      }
    }
    return true;
  }

  private static Object permutations(Object[] a) {
    List<Object> items = Iteration.list(a[0]);
    int count = a[1] == null ? items.size() : Numbers.index(a[1]);
    return Generator.object(
        "itertools.permutations", new Picks(items, count, IterationFilters::distinct));
  }

  /** Picks of items at places, in the order of the places; those that do not fit are left out. */
  private static final class Picks implements Iterator<Object> {
    private final List<Object> items;
    private final Predicate<int[]> fits;
    private int[] places;

    Picks(List<Object> items, int count, Predicate<int[]> fits) {
      this.items = items;
      this.fits = fits;
      this.places = new int[count];
      if (items.isEmpty() && count > 0) {
        places = null;
      } else if (!fits.test(places)) {
        advance();
      }
    }

    private void advance() {
      int effort = 0;
      do {
        int at = places.length - 1;
        while (at >= 0 && ++places[at] == items.size()) {
          places[at--] = 0;
        }
        if (at < 0) {
          places = null;
        } else if (++effort > 10_000_000) {
          throw Errors.tooLarge();
        }
      } while (places != null && !fits.test(places));
    }

    @Override
    public boolean hasNext() {
      return places != null;
    }

    @Override
    public Object next() {
      if (places == null) {
        throw new NoSuchElementException();
      }
      List<Object> picked = new ArrayList<>();
      for (int place : places) {
        picked.add(items.get(place));
      }
      advance();
      return Tuple.of(picked);
    }
  }

  private static Object product(Object[] a) {
    List<List<Object>> all = new ArrayList<>();
    Object repeat = ((Map<?, ?>) a[1]).get("repeat");
    int times = repeat == null ? 1 : Numbers.index(repeat);
    for (int i = 0; i < times; i++) {
      ((List<?>) a[0]).forEach(items -> all.add(Iteration.list(items)));
    }
    List<Object> tuples = new ArrayList<>();
    long size = 1;
    for (List<Object> items : all) {
      size = Math.min(Integer.MAX_VALUE, size * items.size());
    }
    if (size > 1_000_000) {
      throw Errors.tooLarge();
    }
    for (long number = 0; number < size; number++) {
      List<Object> tuple = new ArrayList<>();
      long rest = number;
      for (int i = all.size() - 1; i >= 0; i--) {
        List<Object> items = all.get(i);
        tuple.add(0, items.get((int) (rest % items.size())));
        rest /= items.size();
      }
      tuples.add(Tuple.of(tuple));
    }
    return Generator.object("itertools.product", tuples.iterator());
  }

  private static Object compress(Object[] a) {
    List<Object> kept = new ArrayList<>();
    Iterator<Object> selectors = Iteration.iterator(a[1]);
    for (Object item : Iteration.over(a[0])) {
      if (!selectors.hasNext()) {
        break;
      } else if (Truth.of(selectors.next())) {
        kept.add(item);
      }
    }
    return Generator.object("itertools.compress", kept.iterator());
  }

  private static Object zip(List<?> sequences) {
    return Generator.object("zip", tuples(sequences, PythonObject.ABSENT).iterator());
  }

  private static Object zipLongest(Object[] a) {
    Object fill = ((Map<?, ?>) a[1]).get("fillvalue");
    return Generator.object("itertools.zip_longest", tuples((List<?>) a[0], fill).iterator());
  }

  /** Tuples of the items at each place; {@code fill} for those missing, ABSENT: stop there. */
  private static List<Object> tuples(List<?> sequences, Object fill) {
    List<Iterator<Object>> all = new ArrayList<>();
    sequences.forEach(items -> all.add(Iteration.iterator(items)));
    List<Object> tuples = new ArrayList<>();
    while (all.stream().anyMatch(Iterator::hasNext)) {
      List<Object> tuple = new ArrayList<>();
      for (Iterator<Object> items : all) {
        if (!items.hasNext() && fill == PythonObject.ABSENT) {
          return tuples;
        }
        tuple.add(items.hasNext() ? items.next() : fill);
      }
      tuples.add(Tuple.of(tuple));
    }
    return tuples;
  }
}

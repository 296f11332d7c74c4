package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sorting by Python's {@code <}, stable also in reverse. */
public final class Sorting {
  private record Keyed(Object key, Object value) {}

  private Sorting() {}

  /** The items in order. */
  public static List<Object> sorted(List<Object> items, boolean reverse) {
    return sorted(items, UnaryOperator.identity(), reverse);
  }

  /** The items in the order of their keys. */
  public static List<Object> sorted(
      List<Object> items, UnaryOperator<Object> key, boolean reverse) {
    List<Keyed> keyed = new ArrayList<>(items.size());
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    Comparator<Object> order = Comparison.order();
    if (reverse) {
      Collections.reverse(keyed);
    }
    sort(keyed, order);
    if (reverse) {
      Collections.reverse(keyed);
    }
    List<Object> sorted = new ArrayList<>(items.size());
    keyed.forEach(each -> sorted.add(each.value()));
    return sorted;
  }

  private static void sort(List<Keyed> keyed, Comparator<Object> order) {
    try {
      keyed.sort((one, other) -> order.compare(one.key(), other.key()));
    } catch (IllegalArgumentException noTotalOrder) {
      throw Errors.value("the items have no order: " + noTotalOrder.getMessage());
    }
  }
}

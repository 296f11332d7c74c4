package salt.common.jinja.value;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods of sets. */
final class SetMethods {
  static final Map<String, Method> TABLE =
      new Methods<Set<Object>>("set")
          .add("add(object)", SetMethods::add)
          .add("discard(object)", SetMethods::discard)
          .add("remove(object)", SetMethods::remove)
          .add("clear()", SetMethods::clear)
          .add("copy()", (set, a) -> new LinkedHashSet<>(set))
          .add("union(*)", (set, a) -> union(set, (List<?>) a[0]))
          .add("update(*)", SetMethods::update)
          .add("intersection(other)", (set, a) -> kept(set, Maps.set(Iteration.over(a[0])), true))
          .add("difference(other)", (set, a) -> kept(set, Maps.set(Iteration.over(a[0])), false))
          .add("symmetric_difference(other)", SetMethods::symmetric)
          .add("issubset(other)", (set, a) -> kept(set, other(a), false).isEmpty())
          .add("issuperset(other)", (set, a) -> kept(other(a), set, false).isEmpty())
          .add("isdisjoint(other)", (set, a) -> kept(set, other(a), true).isEmpty())
          .table();

  private SetMethods() {}

  private static Set<Object> other(Object[] a) {
    return Maps.set(Iteration.over(a[0]));
  }

  private static Object add(Set<Object> set, Object[] a) {
    if (!Maps.holds(set, a[0])) {
      set.add(Maps.key(a[0]));
    }
    return null;
  }

  private static Object discard(Set<Object> set, Object[] a) {
    set.removeIf(item -> Comparison.equal(item, a[0]));
    return null;
  }

  private static Object remove(Set<Object> set, Object[] a) {
    if (!set.removeIf(item -> Comparison.equal(item, a[0]))) {
      throw Errors.key(a[0]);
    }
    return null;
  }

  private static Object clear(Set<Object> set, Object[] a) {
    set.clear();
    return null;
  }

  private static Object update(Set<Object> set, Object[] a) {
    set.addAll(union(set, (List<?>) a[0]));
    return null;
  }

  private static Set<Object> union(Set<Object> set, List<?> others) {
    Set<Object> all = new LinkedHashSet<>(set);
    for (Object other : others) {
      for (Object item : Iteration.over(other)) {
        if (!Maps.holds(all, item)) {
          all.add(Maps.key(item));
        }
      }
    }
    return all;
  }

  private static Set<Object> kept(Set<Object> set, Set<Object> other, boolean shared) {
    Set<Object> kept = new LinkedHashSet<>(set);
    kept.removeIf(item -> Maps.holds(other, item) != shared);
    return kept;
  }

  private static Object symmetric(Set<Object> set, Object[] a) {
    Set<Object> theirs = other(a);
    Set<Object> result = kept(set, theirs, false);
    result.addAll(kept(theirs, set, false));
    return result;
  }
}

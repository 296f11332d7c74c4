package salt.common.jinja.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import salt.common.payload.Tuple;

/**
 * What {@code keys()}, {@code values()} and {@code items()} give.
 *
 * @param map whose
 * @param part which
 */
public record DictView(Map<?, ?> map, Part part) implements PythonObject, Iterable<Object> {
  /** What of each entry is seen. */
  public enum Part {
    /** The keys. */
    KEYS("dict_keys"),
    /** The values. */
    VALUES("dict_values"),
    /** Pairs of both. */
    ITEMS("dict_items");

    private final String type;

    Part(String type) {
      this.type = type;
    }
  }

  @Override
  public Iterator<Object> iterator() {
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Object next() {
        return seen(entries.next());
      }
    };
  }

  private Object seen(Map.Entry<?, ?> entry) {
    return switch (part) {
      case KEYS -> entry.getKey();
      case VALUES -> entry.getValue();
      case ITEMS -> pair(entry.getKey(), entry.getValue());
    };
  }

  private static Tuple pair(Object key, Object value) {
    Object[] both = {key, value};
    return Tuple.of(Arrays.asList(both));
  }

  @Override
  public String type() {
    return part.type;
  }

  @Override
  public boolean truth() {
    return !map.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof DictView view) || part == Part.VALUES || part != view.part) {
      return this == other;
    }
    List<Object> theirs = Iteration.list(view);
    return map.size() == view.map.size()
        && Iteration.list(this).stream()
            .allMatch(mine -> theirs.stream().anyMatch(item -> Comparison.equal(mine, item)));
  }

  @Override
  public int hashCode() {
    return map.hashCode();
  }

  @Override
  public String toString() {
    return type() + "(" + Texts.repr(Iteration.list(this)) + ")";
  }
}

package salt.common.payload;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list that Python shows in round brackets: what templates and YAML's {@code !!pairs} make.
 *
 * <p>It is equal to any list of the same items and travels as a list.
 */
public final class Tuple extends AbstractList<Object> {
  private final List<Object> items;

  private Tuple(List<Object> items) {
    this.items = items;
  }

  /** A tuple of a copy of {@code items}. */
  public static Tuple of(List<?> items) {
    return new Tuple(Collections.unmodifiableList(new ArrayList<>(items)));
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}

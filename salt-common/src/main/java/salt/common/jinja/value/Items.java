package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** Items and slices: what stands in square brackets. */
public final class Items {
  private Items() {}

  /**
   * The item of a container, or {@link PythonObject#ABSENT}.
   *
   * @throws salt.common.loader.PythonError for keys that can't be, in a strictly undefined value
   */
  public static Object get(Object container, Object key) {
    if (container instanceof Map<?, ?> map) {
      boolean hashable =
          !(key instanceof Map || (key instanceof Collection && !(key instanceof Tuple)));
      return hashable ? Maps.get(map, key) : PythonObject.ABSENT;
    } else if (container instanceof PythonObject object
        && !(container instanceof Markup)
        && !(container instanceof Range)) {
      return object.item(key);
    } else if (!Types.isInteger(key) || !sequence(container)) {
      return PythonObject.ABSENT;
    }
    int length = Iteration.length(container);
    int index = Numbers.index(key);
    index = index < 0 ? index + length : index;
    if (index < 0 || index >= length) {
      return PythonObject.ABSENT;
    } else if (container instanceof List<?> list) {
      return list.get(index);
    } else if (container instanceof Range range) {
      return range.at(index);
    } else if (container instanceof Bytes bytes) {
      return (long) Byte.toUnsignedInt(bytes.toArray()[index]);
    }
    return Texts.like(container, Texts.slice(Texts.orNull(container), index, index + 1));
  }

  private static boolean sequence(Object value) {
    return value instanceof List
        || Texts.isText(value)
        || value instanceof Range
        || value instanceof Bytes;
  }

  /**
   * {@code container[start:stop:step]}; null for what is left out.
   *
   * @throws salt.common.loader.PythonError when it can't be sliced like this
   */
  public static Object slice(Object container, Object start, Object stop, Object step) {
    if (container instanceof Undefined undefined) {
      throw undefined.error();
    } else if (container instanceof Map) {
      throw Errors.type("unhashable type: 'slice'");
    } else if (!sequence(container)) {
      throw Errors.type("'" + Types.of(container) + "' object is not subscriptable");
    }
    int length = Iteration.length(container);
    int stride = step == null ? 1 : bound(step);
    if (stride == 0) {
      throw Errors.value("slice step cannot be zero");
    }
    boolean forward = stride > 0;
    int first = start == null ? (forward ? 0 : length - 1) : place(bound(start), length, forward);
    int last = stop == null ? (forward ? length : -1) : place(bound(stop), length, forward);
    if (container instanceof Range range) {
      return new Range(
          range.start() + first * range.step(),
          range.start() + last * range.step(),
          range.step() * stride);
    } else if (Texts.isText(container) && stride == 1) {
      String part = Texts.slice(Texts.orNull(container), first, Math.max(first, last));
      return Texts.like(container, part);
    }
    return picked(container, indexes(first, last, stride));
  }

  private static List<Integer> indexes(int first, int last, int stride) {
    List<Integer> indexes = new ArrayList<>();
    for (long i = first; stride > 0 ? i < last : i > last; i += stride) {
      indexes.add((int) i);
    }
    return indexes;
  }

  private static Object picked(Object container, List<Integer> indexes) {
    if (container instanceof List<?> list) {
      List<Object> part = new ArrayList<>(indexes.size());
      indexes.forEach(i -> part.add(list.get(i)));
      return container instanceof Tuple ? Tuple.of(part) : part;
    } else if (container instanceof Bytes bytes) {
      byte[] all = bytes.toArray();
      byte[] part = new byte[indexes.size()];
      for (int i = 0; i < part.length; i++) {
        part[i] = all[indexes.get(i)];
      }
      return Bytes.wrap(part);
    }
    int[] codes = Texts.orNull(container).codePoints().toArray();
    StringBuilder out = new StringBuilder();
    indexes.forEach(i -> out.appendCodePoint(codes[i]));
    return Texts.like(container, out.toString());
  }

  private static int bound(Object value) {
    if (!Types.isInteger(value)) {
      throw Errors.type("slice indices must be integers or None or have an __index__ method");
    }
    return Numbers.index(value);
  }

  private static int place(int index, int length, boolean forward) {
    int lowest = forward ? 0 : -1;
    int highest = forward ? length : length - 1;
    int from = index < 0 ? index + length : index;
    return Math.max(lowest, Math.min(highest, from));
  }
}

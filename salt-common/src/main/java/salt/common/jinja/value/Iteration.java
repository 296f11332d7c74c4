package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntSupplier;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Going through values, and asking what is in them. */
public final class Iteration {
  private Iteration() {}

  /** Whether Python can go through it. */
  public static boolean possible(Object value) {
    return value instanceof Iterable
        || value instanceof Map
        || Texts.isText(value)
        || value instanceof Bytes
        || value instanceof Undefined;
  }

  /**
   * The items, in order; of a map its keys, of text its characters.
   *
   * @throws PythonError when there are none to go through
   */
  public static Iterable<Object> over(Object value) {
    return () -> iterator(value);
  }

  /** As {@link #over}. */
  public static Iterator<Object> iterator(Object value) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
      return List.of().iterator();
    } else if (value instanceof List<?> list) {
      return new Growing(list);
    } else if (value instanceof Map<?, ?> map) {
      return new Guarded(map.keySet().iterator(), map::size, "dictionary");
    } else if (value instanceof Set<?> set) {
      return new Guarded(set.iterator(), set::size, "Set");
    } else if (value instanceof DictView view) {
      return new Guarded(view.iterator(), view.map()::size, "dictionary");
    } else if (value instanceof Iterable<?> items) {
      return new Guarded(items.iterator(), () -> 0, "dictionary");
    } else if (Texts.isText(value)) {
      List<Object> characters = Texts.characters(Texts.orNull(value));
      return value instanceof Markup
          ? characters.stream().<Object>map(c -> new Markup((String) c)).iterator()
          : characters.iterator();
    } else if (value instanceof Bytes bytes) {
      List<Object> numbers = new ArrayList<>();
      for (byte b : bytes.toArray()) {
        numbers.add((long) Byte.toUnsignedInt(b));
      }
      return numbers.iterator();
    }
    throw Errors.type("'" + Types.of(value) + "' object is not iterable");
  }

  /** The items in a new list. */
  public static List<Object> list(Object value) {
    if (value instanceof Collection<?> items) {
      return new ArrayList<>(items);
    }
    List<Object> list = new ArrayList<>();
    iterator(value).forEachRemaining(list::add);
    return list;
  }

  /** Whether {@link #length} has an answer. */
  public static boolean sized(Object value) {
    return value instanceof Collection
        || value instanceof Map
        || Texts.isText(value)
        || value instanceof Range
        || value instanceof DictView
        || value instanceof Bytes
        || value instanceof Sized;
  }

  /** Python's {@code len}. */
  public static int length(Object value) {
    if (value instanceof Collection<?> items) {
      return items.size();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    } else if (Texts.isText(value)) {
      return Texts.length(Texts.orNull(value));
    } else if (value instanceof Range range) {
      return range.size();
    } else if (value instanceof DictView view) {
      return view.map().size();
    } else if (value instanceof Bytes bytes) {
      return bytes.length();
    } else if (value instanceof Sized object) {
      return object.length();
    } else if (value instanceof Undefined undefined) {
      undefined.demandLenient();
      return 0;
    }
    throw Errors.type("object of type '" + Types.of(value) + "' has no len()");
  }

  /** Python's {@code item in container}. */
  public static boolean contains(Object container, Object item) {
    if (Texts.isText(container)) {
      String part = Texts.orNull(item);
      if (part == null) {
        throw Errors.type("'in <string>' requires string as left operand, not " + Types.of(item));
      }
      return Texts.orNull(container).contains(part);
    } else if (container instanceof Map<?, ?> map) {
      return Maps.get(map, item) != PythonObject.ABSENT;
    } else if (container instanceof Set<?> set) {
      return Maps.holds(set, item);
    } else if (container instanceof Range range && Types.isInteger(item)) {
      return range.indexOf(item) >= 0;
    } else if (container instanceof Container object) {
      return object.contains(item);
    } else if (!possible(container)) {
      throw Errors.type("argument of type '" + Types.of(container) + "' is not iterable");
    }
    for (Object each : over(container)) {
      if (each == item || Comparison.equal(each, item)) {
        return true;
      }
    }
    return false;
  }

  /** An object with a length. */
  public interface Sized {
    /** Its length. */
    int length();
  }

  /** An object that knows what is in it. */
  public interface Container {
    /** Whether the item is in it. */
    boolean contains(Object item);
  }

  /** Goes through a list by index, so that it may change meanwhile, as Python allows. */
  private static final class Growing implements Iterator<Object> {
    private final List<?> list;
    private int next;

    Growing(List<?> list) {
      this.list = list;
    }

    @Override
    public boolean hasNext() {
      return next < list.size();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return list.get(next++);
    }
  }

  private static final class Guarded implements Iterator<Object> {
    private final Iterator<?> items;
    private final IntSupplier size;
    private final int sizeAtStart;
    private final String what;

    Guarded(Iterator<?> items, IntSupplier size, String what) {
      this.items = items;
      this.size = size;
      this.sizeAtStart = size.getAsInt();
      this.what = what;
    }

    @Override
    public boolean hasNext() {
      if (size.getAsInt() != sizeAtStart) {
        throw changed();
      }
      return items.hasNext();
    }

    @Override
    public Object next() {
      try {
        return items.next();
      } catch (ConcurrentModificationException e) {
        throw changed();
      }
    }

    private PythonError changed() {
      return new PythonError("RuntimeError", what + " changed size during iteration");
    }
  }
}

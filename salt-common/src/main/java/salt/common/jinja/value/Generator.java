package salt.common.jinja.value;

import java.util.Iterator;

/** An iterator of Python: it is gone through once. */
public final class Generator implements PythonObject, Iterable<Object> {
  private final String type;
  private final String shown;
  private final Iterator<?> items;

  /**
   * An iterator.
   *
   * @param type the name of its type
   * @param shown what its repr says before the address, such as {@code zip object}
   * @param items what it gives
   */
  public Generator(String type, String shown, Iterator<?> items) {
    this.type = type;
    this.shown = shown;
    this.items = items;
  }

  /** What a generator function of this name gives. */
  public static Generator of(String function, Iterator<?> items) {
    return new Generator("generator", "generator object " + function, items);
  }

  /** An object such as {@code zip} or {@code itertools.product}. */
  public static Generator object(String type, Iterator<?> items) {
    return new Generator(type, type + " object", items);
  }

  @Override
  public Iterator<Object> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Object next() {
        return items.next();
      }
    };
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public String toString() {
    return Address.of("<" + shown + " at ", this);
  }
}

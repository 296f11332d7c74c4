package salt.common.jinja.value;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Python's {@code range}.
 *
 * @param start the first number
 * @param stop the first number that is not part of it
 * @param step what is added; not 0
 */
public record Range(long start, long stop, long step) implements PythonObject, Iterable<Object> {
  /** How many numbers it has. */
  public int size() {
    long distance = step > 0 ? stop - start : start - stop;
    long width = Math.abs(step);
    return distance <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (distance - 1) / width + 1);
  }

  /** The number at {@code index}, from 0. */
  public long at(int index) {
    return start + index * step;
  }

  /** Where the number stands, or -1. */
  public int indexOf(Object value) {
    if (!Types.isInteger(value)) {
      return -1;
    }
    long offset = Numbers.big(value).longValue() - start;
    boolean inside = offset % step == 0 && offset / step >= 0 && offset / step < size();
    return inside ? (int) (offset / step) : -1;
  }

  @Override
  public Iterator<Object> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return at(next++);
      }
    };
  }

  @Override
  public String type() {
    return "range";
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "start" -> start;
      case "stop" -> stop;
      case "step" -> step;
      default -> ABSENT;
    };
  }

  @Override
  public boolean truth() {
    return size() > 0;
  }

  @Override
  public String toString() {
    return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
  }
}

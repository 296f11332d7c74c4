package salt.common.jinja.value;

import java.util.Set;
import salt.common.loader.PythonError;

/**
 * What a name, an attribute or an item gives that is not there. A strict one fails at nearly every
 * use; a lenient one is empty text, false and equal to others of its kind.
 */
public final class Undefined implements PythonObject {
  private static final Set<String> DUNDERS =
      Set.of(
          "__add__",
          "__call__",
          "__class__",
          "__contains__",
          "__delattr__",
          "__dir__",
          "__div__",
          "__doc__",
          "__eq__",
          "__float__",
          "__floordiv__",
          "__format__",
          "__ge__",
          "__getattr__",
          "__getattribute__",
          "__getitem__",
          "__gt__",
          "__hash__",
          "__init__",
          "__int__",
          "__iter__",
          "__bool__",
          "__le__",
          "__len__",
          "__lt__",
          "__mod__",
          "__module__",
          "__mul__",
          "__ne__",
          "__neg__",
          "__new__",
          "__pos__",
          "__pow__",
          "__radd__",
          "__reduce__",
          "__repr__",
          "__rmod__",
          "__rmul__",
          "__rsub__",
          "__setattr__",
          "__sizeof__",
          "__slots__",
          "__str__",
          "__sub__",
          "__subclasshook__",
          "__truediv__");

  private final String exception;
  private final String message;
  private final boolean lenient;

  private Undefined(String exception, String message, boolean lenient) {
    this.exception = exception;
    this.message = message;
    this.lenient = lenient;
  }

  /** One whose use says {@code message}, such as {@code 'x' is undefined}. */
  public static Undefined saying(String message, boolean lenient) {
    return new Undefined("UndefinedError", message, lenient);
  }

  /** What a guarded attribute of {@code value} gives. */
  public static Undefined unsafe(Object value, String name, boolean lenient) {
    return new Undefined("SecurityError", Errors.unsafe(value, name).getMessage(), lenient);
  }

  /** An attribute or item that {@code value} does not have. */
  public static Undefined missing(Object value, Object key, boolean lenient) {
    String name = Texts.orNull(key);
    if (name == null) {
      return saying(Types.described(value) + " has no element " + Texts.repr(key), lenient);
    }
    return saying("'" + Types.described(value) + "' has no attribute " + Texts.repr(name), lenient);
  }

  /** The error that its use is. */
  public PythonError error() {
    return new PythonError(exception, message);
  }

  /** Whether it may be printed, tested and iterated. */
  public boolean lenient() {
    return lenient;
  }

  /** Throws unless lenient. */
  public void demandLenient() {
    if (!lenient) {
      throw error();
    }
  }

  @Override
  public String type() {
    return lenient ? "Undefined" : "StrictUndefined";
  }

  @Override
  public String qualifiedType() {
    return "jinja2.runtime." + type();
  }

  @Override
  public Object attribute(String name) {
    if (DUNDERS.contains(name)) {
      return unsafe(this, name, lenient);
    }
    throw error();
  }

  @Override
  public Object item(Object key) {
    throw error();
  }

  @Override
  public boolean truth() {
    demandLenient();
    return false;
  }

  @Override
  public String text() {
    demandLenient();
    return "";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Undefined undefined && lenient && undefined.lenient;
  }

  @Override
  public int hashCode() {
    return Undefined.class.hashCode();
  }

  @Override
  public String toString() {
    return "Undefined";
  }
}

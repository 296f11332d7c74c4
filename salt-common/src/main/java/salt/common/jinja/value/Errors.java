package salt.common.jinja.value;

import salt.common.loader.PythonError;

/** Python's exceptions that values raise. */
public final class Errors {
  private Errors() {}

  /** A {@code TypeError}. */
  public static PythonError type(String message) {
    return new PythonError("TypeError", message);
  }

  /** A {@code ValueError}. */
  public static PythonError value(String message) {
    return new PythonError("ValueError", message);
  }

  /** An {@code IndexError}. */
  public static PythonError index(String message) {
    return new PythonError("IndexError", message);
  }

  /** A {@code KeyError}, which shows the key's repr. */
  public static PythonError key(Object key) {
    return new PythonError("KeyError", Texts.repr(key));
  }

  /** An {@code AttributeError} for an attribute that a value does not have. */
  public static PythonError attribute(Object value, String name) {
    return new PythonError(
        "AttributeError", "'" + Types.of(value) + "' object has no attribute '" + name + "'");
  }

  /** An {@code OverflowError}. */
  public static PythonError overflow(String message) {
    return new PythonError("OverflowError", message);
  }

  /** A {@code ZeroDivisionError}. */
  public static PythonError zeroDivision(String message) {
    return new PythonError("ZeroDivisionError", message);
  }

  /** An error of the template itself, which Salt calls a syntax error. */
  public static PythonError template(String message) {
    return new PythonError("TemplateRuntimeError", message);
  }

  /** An attribute that templates may not see. */
  public static PythonError unsafe(Object value, String name) {
    return new PythonError(
        "SecurityError",
        "access to attribute '" + name + "' of '" + Types.of(value) + "' object is unsafe.");
  }

  /** A result that would need too much memory. */
  public static PythonError tooLarge() {
    return new PythonError("MemoryError", "the result is larger than templates may make");
  }
}

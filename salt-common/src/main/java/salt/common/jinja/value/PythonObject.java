package salt.common.jinja.value;

/**
 * A value that is no plain data: a function, a namespace, a loop, an iterator. {@code toString}
 * gives its Python {@code repr}.
 */
public interface PythonObject {
  /** What {@link #attribute} and {@link #item} give when there is nothing of that name. */
  Object ABSENT = new Object();

  /** The name of its Python type, such as {@code Namespace}. */
  String type();

  /** The name of its type with its module, as messages about missing attributes have it. */
  default String qualifiedType() {
    return type();
  }

  /** The attribute of this name, or {@link #ABSENT}. */
  default Object attribute(String name) {
    return ABSENT;
  }

  /** The item under this key, or {@link #ABSENT}. */
  default Object item(Object key) {
    return ABSENT;
  }

  /** Whether Python takes it for true. */
  default boolean truth() {
    return true;
  }

  /** Whether templates may not see the attribute of this name although it is there. */
  default boolean guards(String name) {
    return false;
  }

  /** The text of Python's {@code str}. */
  default String text() {
    return toString();
  }
}

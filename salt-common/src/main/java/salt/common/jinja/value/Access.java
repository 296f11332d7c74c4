package salt.common.jinja.value;

/** Attributes and items as templates reach them: each name is tried as the other too. */
public final class Access {
  private Access() {}

  /** {@code value.name} where undefined values are strict. */
  public static Object attribute(Object value, String name) {
    return attribute(value, name, false);
  }

  /**
   * {@code value.name}: the attribute, else the item of that name, else an {@link Undefined}.
   *
   * @param lenient whether what is undefined may be printed
   */
  public static Object attribute(Object value, String name, boolean lenient) {
    if (Attributes.guarded(value, name)) {
      return Undefined.unsafe(value, name, lenient);
    }
    Object found = Attributes.get(value, name);
    if (found != PythonObject.ABSENT) {
      return found;
    }
    Object item = Items.get(value, name);
    return item != PythonObject.ABSENT ? item : Undefined.missing(value, name, lenient);
  }

  /** {@code value[key]} where undefined values are strict. */
  public static Object item(Object value, Object key) {
    return item(value, key, false);
  }

  /** {@code value[key]}: the item, else for text the attribute, else an {@link Undefined}. */
  public static Object item(Object value, Object key, boolean lenient) {
    Object item = Items.get(value, key);
    if (item != PythonObject.ABSENT) {
      return item;
    }
    String name = Texts.orNull(key);
    if (name == null) {
      return Undefined.missing(value, key, lenient);
    } else if (Attributes.guarded(value, name)) {
      return Undefined.unsafe(value, name, lenient);
    }
    Object found = Attributes.get(value, name);
    return found != PythonObject.ABSENT ? found : Undefined.missing(value, name, lenient);
  }

  /** Only the attribute, as the filter {@code attr} does. */
  public static Object onlyAttribute(Object value, String name, boolean lenient) {
    if (Attributes.guarded(value, name)) {
      return Undefined.unsafe(value, name, lenient);
    }
    Object found = Attributes.get(value, name);
    return found != PythonObject.ABSENT ? found : Undefined.missing(value, name, lenient);
  }
}

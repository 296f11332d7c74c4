package salt.common.jinja.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.payload.Bytes;
import salt.common.payload.OrderedDict;
import salt.common.payload.Tuple;

/** Names of the Python types of values. */
public final class Types {
  private Types() {}

  /** What Python calls the type, such as {@code str}. */
  public static String of(Object value) {
    if (value == null) {
      return "NoneType";
    } else if (value instanceof String) {
      return "str";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof Double || value instanceof Float) {
      return "float";
    } else if (value instanceof Number) {
      return "int";
    } else if (value instanceof PythonObject object) {
      return object.type();
    } else if (value instanceof OrderedDict) {
      return "collections.OrderedDict";
    }
    return container(value);
  }

  private static String container(Object value) {
    if (value instanceof Map) {
      return "dict";
    } else if (value instanceof Tuple) {
      return "tuple";
    } else if (value instanceof List) {
      return "list";
    } else if (value instanceof Set) {
      return "set";
    } else if (value instanceof Bytes) {
      return "bytes";
    } else if (value instanceof LocalDateTime) {
      return "datetime.datetime";
    } else if (value instanceof LocalDate) {
      return "datetime.date";
    }
    return value.getClass().getSimpleName();
  }

  /** How messages about missing attributes call a value: {@code dict object}, {@code None}. */
  public static String described(Object value) {
    if (value == null) {
      return "None";
    }
    return (value instanceof PythonObject object ? object.qualifiedType() : of(value)) + " object";
  }

  /** The repr of the type, such as {@code <class 'list'>}. */
  public static String shown(Object value) {
    String name = value instanceof PythonObject object ? object.qualifiedType() : of(value);
    return "<class '" + name + "'>";
  }

  /** Whether it is a number, booleans among them. */
  public static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  /** Whether it is a whole number, booleans among them. */
  public static boolean isInteger(Object value) {
    return value instanceof Boolean
        || (value instanceof Number && !(value instanceof Double || value instanceof Float));
  }
}

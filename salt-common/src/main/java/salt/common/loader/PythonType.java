package salt.common.loader;

import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;

/** Names of Python's types, as they show in what Salt prints. */
public final class PythonType {
  private PythonType() {}

  /** What Python calls the type of a value, such as {@code str}. */
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
    } else if (value instanceof Bytes) {
      return "bytes";
    } else if (value instanceof Map) {
      return "dict";
    } else if (value instanceof List) {
      return "list";
    }
    return value.getClass().getSimpleName();
  }
}

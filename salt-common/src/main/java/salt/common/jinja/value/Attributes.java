package salt.common.jinja.value;

import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** Attributes and methods of values. */
public final class Attributes {
  /** What functions of Python have and templates may not see. */
  public static final Set<String> FUNCTION_DUNDERS =
      Set.of(
          "__globals__",
          "__code__",
          "__name__",
          "__qualname__",
          "__module__",
          "__dict__",
          "__defaults__",
          "__closure__",
          "__call__",
          "__get__",
          "__kwdefaults__",
          "__annotations__",
          "__builtins__");

  static final Set<String> BUILTIN_DUNDERS =
      Set.of("__self__", "__name__", "__qualname__", "__call__", "__text_signature__");

  private static final Set<String> OF_ALL =
      Set.of(
          "__class__",
          "__delattr__",
          "__dir__",
          "__doc__",
          "__eq__",
          "__format__",
          "__ge__",
          "__getattribute__",
          "__getstate__",
          "__gt__",
          "__hash__",
          "__init__",
          "__init_subclass__",
          "__le__",
          "__lt__",
          "__ne__",
          "__new__",
          "__reduce__",
          "__reduce_ex__",
          "__repr__",
          "__setattr__",
          "__sizeof__",
          "__str__",
          "__subclasshook__");
  private static final Set<String> OF_CONTAINERS =
      Set.of(
          "__add__",
          "__contains__",
          "__getitem__",
          "__iter__",
          "__len__",
          "__mul__",
          "__rmul__",
          "__mod__",
          "__rmod__",
          "__getnewargs__",
          "__setitem__",
          "__delitem__",
          "__reversed__",
          "__imul__",
          "__iadd__",
          "__class_getitem__",
          "__or__",
          "__ror__",
          "__ior__");
  private static final Set<String> OF_NUMBERS =
      Set.of(
          "__abs__",
          "__add__",
          "__and__",
          "__bool__",
          "__ceil__",
          "__divmod__",
          "__float__",
          "__floor__",
          "__floordiv__",
          "__index__",
          "__int__",
          "__invert__",
          "__mod__",
          "__mul__",
          "__neg__",
          "__or__",
          "__pos__",
          "__pow__",
          "__radd__",
          "__round__",
          "__sub__",
          "__truediv__",
          "__trunc__",
          "__xor__");

  private Attributes() {}

  /** The attribute of this name, or {@link PythonObject#ABSENT}. */
  public static Object get(Object value, String name) {
    if (value instanceof Undefined undefined) {
      return undefined.attribute(name);
    }
    if (value instanceof PythonObject object) {
      Object found = object.attribute(name);
      if (found != PythonObject.ABSENT) {
        return found;
      }
    }
    Map<String, Method> methods = methods(value);
    Method method = methods.get(name);
    if (method != null) {
      return new BoundMethod(value, method);
    }
    return Types.isNumber(value) ? NumberMethods.property(value, name) : PythonObject.ABSENT;
  }

  /** Whether the value has an attribute of this name that templates may not see. */
  public static boolean guarded(Object value, String name) {
    if (!name.startsWith("_")) {
      return value instanceof PythonObject object && object.guards(name);
    } else if (OF_ALL.contains(name)) {
      return true;
    } else if (value instanceof PythonObject object && !(value instanceof Markup)) {
      return object.guards(name);
    } else if (Types.isNumber(value)) {
      return OF_NUMBERS.contains(name);
    }
    return value != null && OF_CONTAINERS.contains(name);
  }

  private static Map<String, Method> methods(Object value) {
    if (Texts.isText(value)) {
      return StringMethods.TABLE;
    } else if (value instanceof Map) {
      return DictMethods.TABLE;
    } else if (value instanceof Tuple || value instanceof Range) {
      return ListMethods.TUPLE;
    } else if (value instanceof List) {
      return ListMethods.TABLE;
    } else if (value instanceof Set) {
      return SetMethods.TABLE;
    } else if (value instanceof Bytes) {
      return BytesMethods.TABLE;
    } else if (Numbers.isReal(value)) {
      return NumberMethods.FLOAT;
    } else if (Types.isNumber(value)) {
      return NumberMethods.INTEGER;
    }
    return Map.of();
  }
}

package salt.common.jinja.value;

/** A method of one of Python's own types with the value it was taken from. */
final class BoundMethod implements PythonObject, Invocable {
  private final Object receiver;
  private final Method method;

  BoundMethod(Object receiver, Method method) {
    this.receiver = receiver;
    this.method = method;
  }

  @Override
  public Object call(Arguments arguments) {
    return method.call(receiver, arguments);
  }

  /** Markup's own methods and those the sandbox replaces are functions, the rest are built in. */
  private boolean plainFunction() {
    return receiver instanceof Markup || method.name().startsWith("format");
  }

  @Override
  public String type() {
    return plainFunction() ? "function" : "builtin_function_or_method";
  }

  @Override
  public boolean guards(String name) {
    return Attributes.BUILTIN_DUNDERS.contains(name)
        || (plainFunction() && Attributes.FUNCTION_DUNDERS.contains(name));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundMethod bound
        && receiver == bound.receiver
        && method == bound.method;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(receiver) * 31 + method.hashCode();
  }

  @Override
  public String toString() {
    String what = "<built-in method " + method.name() + " of " + Types.of(receiver);
    return Address.of(what + " object at ", this);
  }
}

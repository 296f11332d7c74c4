package salt.common.jinja;

import java.util.Optional;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Attributes;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Undefined;
import salt.common.loader.CallException;
import salt.common.loader.PythonError;

/** What {@code salt} is in a template: functions by full name, modules by attribute. */
record SaltObject(SaltFunctions functions) implements PythonObject, Iteration.Container {
  @Override
  public Object item(Object key) {
    String name = Texts.orNull(key);
    if (key instanceof Undefined undefined) {
      throw undefined.error();
    } else if (name == null) {
      return ABSENT;
    } else if (name.indexOf('.') < 0) {
      return attribute(name);
    }
    Optional<SaltFunctions.Function> found = functions.find(name);
    return found.isPresent() ? new Function(name, found.get()) : ABSENT;
  }

  @Override
  public Object attribute(String name) {
    if ("get".equals(name)) {
      return new Globals.Function("get", this::get);
    }
    return functions.hasModule(name) ? new OfModule(name, this) : ABSENT;
  }

  private Object get(Arguments arguments) {
    Object found = item(arguments.positional().get(0));
    if (found != ABSENT) {
      return found;
    }
    return arguments.positional().size() > 1 ? arguments.positional().get(1) : null;
  }

  @Override
  public boolean contains(Object item) {
    return item instanceof String name && functions.find(name).isPresent();
  }

  @Override
  public String type() {
    return "AliasedLoader";
  }

  @Override
  public String qualifiedType() {
    return "salt.utils.templates.AliasedLoader";
  }

  @Override
  public String toString() {
    return "<salt.utils.templates.AliasedLoader object>";
  }

  /** The functions of one module. */
  private record OfModule(String module, SaltObject all) implements PythonObject {
    @Override
    public Object attribute(String name) {
      return all.item(module + "." + name);
    }

    @Override
    public Object item(Object key) {
      return key instanceof String name ? attribute(name) : ABSENT;
    }

    @Override
    public String type() {
      return "LoadedMod";
    }

    @Override
    public String qualifiedType() {
      return "salt.loader.lazy.LoadedMod";
    }

    @Override
    public String toString() {
      return "<LoadedMod module='" + module + "'>";
    }
  }

  /** A function as value. */
  private record Function(String name, SaltFunctions.Function function)
      implements Invocable, PythonObject {
    @Override
    public Object call(Arguments arguments) {
      try {
        return function.call(arguments.positional(), arguments.keywords());
      } catch (CallException e) {
        String type =
            switch (e.kind()) {
              case INVOCATION -> "SaltInvocationError";
              case EXECUTION -> "CommandExecutionError";
              case COMMAND_NOT_FOUND -> "CommandNotFoundError";
              case NOT_AVAILABLE, INVALID_ARGUMENTS, UNKNOWN_KEYWORDS -> "TypeError";
            };
        throw new PythonError(type, e.getMessage());
      }
    }

    @Override
    public boolean guards(String attribute) {
      return Attributes.FUNCTION_DUNDERS.contains(attribute);
    }

    @Override
    public String type() {
      return "function";
    }

    @Override
    public String toString() {
      String shortName = name.substring(name.lastIndexOf('.') + 1);
      return new Globals.Function(shortName, this).toString();
    }
  }
}

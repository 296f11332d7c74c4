package salt.common.jinja;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Attributes;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Maps;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Range;
import salt.common.jinja.value.Signature;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.loader.PythonError;
import salt.common.payload.OrderedDict;
import salt.common.payload.Tuple;

/** Functions that all templates see. */
final class Globals {
  static final Map<String, Object> STANDARD = standard();

  private static final int LONGEST_RANGE = 100_000;
  private static final Set<String> OF_TYPES =
      Set.of(
          "mro",
          "__mro__",
          "__subclasses__",
          "__bases__",
          "__base__",
          "__dict__",
          "__module__",
          "__name__",
          "__qualname__",
          "__call__",
          "__dictoffset__",
          "__basicsize__");

  private Globals() {}

  private static Map<String, Object> standard() {
    Map<String, Object> all = new HashMap<>();
    function(all, "range", "safe_range", Globals::range);
    type(all, "dict", "dict", Globals::dict);
    type(all, "namespace", "jinja2.utils.Namespace", a -> new Namespace(dict(a)));
    type(all, "cycler", "jinja2.utils.Cycler", a -> new Cycler(a.positional()));
    type(all, "joiner", "jinja2.utils.Joiner", Joiner::new);
    type(all, "odict", "collections.OrderedDict", a -> new OrderedDict(dict(a)));
    function(all, "lipsum", "generate_lorem_ipsum", Lipsum::text);
    function(all, "raise", "jinja_raise", Globals::raise);
    function(all, "ifelse", "ifelse", Globals::ifElse);
    all.put("show_full_context", new FullContext());
    return Map.copyOf(all);
  }

  private static void type(Map<String, Object> all, String name, String qualified, Invocable body) {
    all.put(name, new Type(name, qualified, body));
  }

  private static void function(
      Map<String, Object> all, String name, String inPython, Invocable body) {
    all.put(name, new Function(inPython, body));
  }

  /** A type of Python that can be called. */
  private record Type(String name, String qualified, Invocable body)
      implements Invocable, PythonObject {
    @Override
    public Object call(Arguments arguments) {
      return body.call(arguments);
    }

    @Override
    public Object attribute(String attribute) {
      boolean map = "dict".equals(name) || "odict".equals(name);
      if (map && "fromkeys".equals(attribute)) {
        return new Function(attribute, Globals::fromKeys);
      }
      return ABSENT;
    }

    @Override
    public boolean guards(String attribute) {
      return OF_TYPES.contains(attribute);
    }

    @Override
    public String type() {
      return "type";
    }

    @Override
    public String toString() {
      return "<class '" + qualified + "'>";
    }
  }

  /** A function of Python. */
  record Function(String name, Invocable body) implements Invocable, PythonObject {
    @Override
    public Object call(Arguments arguments) {
      return body.call(arguments);
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
      return "<function %s at 0x%012x>"
          .formatted(name, System.identityHashCode(this) | 0x7f0000000000L);
    }
  }

  /** All names that the template sees, with their values. */
  private static final class FullContext implements FrameFunction, PythonObject {
    @Override
    public Object call(Frame frame, Arguments arguments) {
      Map<Object, Object> all = new LinkedHashMap<>(frame.rendering().environment().globals());
      all.putAll(frame.all());
      return all;
    }

    @Override
    public boolean guards(String attribute) {
      return Attributes.FUNCTION_DUNDERS.contains(attribute);
    }

    @Override
    public String type() {
      return "function";
    }
  }

  private static Object fromKeys(Arguments arguments) {
    Object[] a = Signature.of("fromkeys(iterable, value=None)").bind(arguments);
    Map<Object, Object> map = new LinkedHashMap<>();
    Iteration.over(a[0]).forEach(key -> Maps.put(map, key, a[1]));
    return map;
  }

  private static Map<Object, Object> dict(Arguments arguments) {
    List<Object> positional = arguments.positional();
    if (positional.size() > 1) {
      throw Errors.type("dict expected at most 1 argument, got " + positional.size());
    }
    Map<Object, Object> map =
        positional.isEmpty() ? new LinkedHashMap<>() : Maps.of(positional.get(0));
    arguments.keywords().forEach((key, value) -> Maps.put(map, key, value));
    return map;
  }

  private static Object range(Arguments arguments) {
    List<Object> given = arguments.positional();
    if (given.isEmpty() || given.size() > 3) {
      throw Errors.type(
          given.isEmpty()
              ? "range expected at least 1 argument, got 0"
              : "range expected at most 3 arguments, got " + given.size());
    }
    long first = Numbers.index(given.get(0));
    boolean single = given.size() == 1;
    long stop = single ? first : Numbers.index(given.get(1));
    long step = given.size() < 3 ? 1 : Numbers.index(given.get(2));
    if (step == 0) {
      throw Errors.value("range() arg 3 must not be zero");
    }
    Range range = new Range(single ? 0 : first, stop, step);
    if (range.size() > LONGEST_RANGE) {
      throw Errors.overflow(
          "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
    }
    return range;
  }

  private static Object raise(Arguments arguments) {
    Object[] a = Signature.of("jinja_raise(msg)").bind(arguments);
    throw new PythonError("TemplateError", Texts.str(a[0]));
  }

  private static Object ifElse(Arguments arguments) {
    List<Object> given = arguments.positional();
    for (int i = 0; i + 1 < given.size(); i += 2) {
      if (Truth.of(given.get(i))) {
        return given.get(i + 1);
      }
    }
    return given.isEmpty() ? null : given.get(given.size() - 1);
  }

  /** Gives its items in turn. */
  private static final class Cycler implements PythonObject {
    private final List<Object> items;
    private int at;

    Cycler(List<Object> items) {
      if (items.isEmpty()) {
        throw new PythonError("RuntimeError", "at least one item has to be provided");
      }
      this.items = items;
    }

    @Override
    public Object attribute(String name) {
      return switch (name) {
        case "current" -> items.get(at);
        case "next" -> new Function("Cycler.next", a -> next());
        case "reset" -> new Function("Cycler.reset", a -> reset());
        case "items" -> Tuple.of(items);
        case "pos" -> (long) at;
        default -> ABSENT;
      };
    }

    private Object next() {
      Object item = items.get(at);
      at = (at + 1) % items.size();
      return item;
    }

    private Object reset() {
      at = 0;
      return null;
    }

    @Override
    public String type() {
      return "Cycler";
    }

    @Override
    public String qualifiedType() {
      return "jinja2.utils.Cycler";
    }
  }

  /** Nothing at the first call, then its separator. */
  private static final class Joiner implements PythonObject, Invocable {
    private final Object separator;
    private boolean used;

    Joiner(Arguments arguments) {
      separator = Signature.of("Joiner(sep=', ')").bind(arguments)[0];
    }

    @Override
    public Object call(Arguments arguments) {
      Object result = used ? separator : "";
      used = true;
      return result;
    }

    @Override
    public String type() {
      return "Joiner";
    }

    @Override
    public String qualifiedType() {
      return "jinja2.utils.Joiner";
    }
  }
}

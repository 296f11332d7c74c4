package salt.minion.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.loader.CallException;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;

/**
 * Makes the exceptions that operators name in {@code test.raise_exception}, as Python and Salt make
 * them of their arguments. Their names lie in {@code exceptions.yaml}.
 */
final class RaisedByName {
  private static final String SALT = "salt.exceptions.";
  private static final String TYPE_ERROR = "TypeError";
  private static final List<String> GROUPS = List.of("BaseExceptionGroup", "ExceptionGroup");
  private static final int WITH_FILE = 3;
  private static final int WITH_OTHER_FILE = 5;

  private final Map<?, ?> names = ModuleResource.read("exceptions.yaml");

  /**
   * The exception of a name; empty when there is none.
   *
   * @param args what it is made with
   * @param kwargs what it is made with by name; {@code message} and {@code info} for Salt's
   * @return it, or the {@code TypeError} of making it with something else
   */
  Optional<RuntimeException> make(String name, List<Object> args, Map<String, Object> kwargs) {
    if (name.startsWith(SALT)) {
      return Optional.ofNullable(ofSalt(name.substring(SALT.length()), args, kwargs));
    }
    String own = named("also").get(name) instanceof String same ? same : name;
    return Optional.ofNullable(GROUPS.contains(own) ? ofGroup(args) : ofPython(own, args, kwargs));
  }

  private Map<?, ?> named(String kind) {
    return (Map<?, ?>) names.get(kind);
  }

  /** A group is made of exceptions, which can't be given in a command. */
  private static RuntimeException ofGroup(List<Object> args) {
    return args.size() == 2
        ? new PythonError(
            "ValueError", "Item 0 of second argument (exceptions) is not an exception")
        : new PythonError(
            TYPE_ERROR,
            "BaseExceptionGroup.__new__() takes exactly 2 arguments (%d given)"
                .formatted(args.size()));
  }

  private boolean isOf(String kind, String name) {
    return List.of(((String) names.get(kind)).split(" ", -1)).contains(name);
  }

  private RuntimeException ofPython(String name, List<Object> args, Map<String, Object> kwargs) {
    Object exactly = named("exactly").get(name);
    boolean system = isOf("system", name);
    boolean saysNone = isOf("none", name);
    if (exactly == null && !system && !saysNone && !isOf("any", name)) {
      return null;
    } else if (!kwargs.isEmpty()) {
      return new PythonError(TYPE_ERROR, name + "() takes no keyword arguments");
    } else if (exactly != null) {
      String given =
          "function takes exactly %s arguments (%d given)".formatted(exactly, args.size());
      return new PythonError(TYPE_ERROR, given);
    } else if (system && args.size() > 1 && args.size() <= WITH_OTHER_FILE) {
      Object own = name.equals("OSError") ? named("errors").get(args.get(0)) : null;
      return new PythonError(own instanceof String special ? special : name, ofSystem(args));
    }
    return new PythonError(name, saysNone && args.isEmpty() ? "None" : said(name, args));
  }

  /** What an exception says of its arguments: of one its text, of several all of them. */
  private static String said(String name, List<Object> args) {
    return switch (args.size()) {
      case 0 -> "";
      case 1 ->
          name.equals("KeyError") ? PythonText.repr(args.get(0)) : PythonText.str(args.get(0));
      default ->
          String.join(", ", args.stream().map(PythonText::repr).toList())
              .transform(all -> "(" + all + ")");
    };
  }

  /** The number, the text and the files: {@code [Errno 2] No such file: 'a' -> 'b'}. */
  private static String ofSystem(List<Object> args) {
    StringBuilder said = new StringBuilder();
    said.append("[Errno ").append(PythonText.str(args.get(0))).append("] ");
    said.append(PythonText.str(args.get(1)));
    if (args.size() >= WITH_FILE) {
      said.append(": ").append(PythonText.repr(args.get(2)));
    }
    if (args.size() == WITH_OTHER_FILE) {
      said.append(" -> ").append(PythonText.repr(args.get(WITH_OTHER_FILE - 1)));
    }
    return said.toString();
  }

  private RuntimeException ofSalt(String name, List<Object> args, Map<String, Object> kwargs) {
    boolean execution = name.equals("CommandExecutionError");
    if (named("needed").get(name) instanceof Long place) {
      return needing(name, place.intValue(), args, kwargs);
    } else if (name.equals("SaltSystemExit")) {
      Object message = args.size() > 1 ? args.get(1) : kwargs.get("msg");
      return new PythonError(SALT + name, PythonText.str(message));
    } else if (!execution && !isOf("message", name)) {
      return null;
    }
    List<String> takes = execution ? List.of("message", "info") : List.of("message");
    return wrong(execution ? name : "SaltException", takes, args, kwargs)
        .orElseGet(() -> said(name, args, kwargs));
  }

  private static RuntimeException needing(
      String name, int place, List<Object> args, Map<String, Object> kwargs) {
    if (args.size() < place && !kwargs.containsKey("message")) {
      return new PythonError(
          TYPE_ERROR, name + ".__init__() missing 1 required positional argument: 'message'");
    }
    Object message = args.size() < place ? kwargs.get("message") : args.get(place - 1);
    return new PythonError(SALT + name, PythonText.str(message));
  }

  private static RuntimeException said(String name, List<Object> args, Map<String, Object> kwargs) {
    String message = PythonText.str(message(args, kwargs));
    return switch (name) {
      case "CommandExecutionError" -> {
        Object info = args.size() > 1 ? args.get(1) : kwargs.get("info");
        yield new CallException(CallException.Kind.EXECUTION, withInformation(message, info));
      }
      case "CommandNotFoundError" ->
          new CallException(CallException.Kind.COMMAND_NOT_FOUND, message);
      case "SaltInvocationError" -> new CallException(CallException.Kind.INVOCATION, message);
      default -> new PythonError(SALT + name, message);
    };
  }

  private static Object message(List<Object> args, Map<String, Object> kwargs) {
    return args.isEmpty() ? kwargs.getOrDefault("message", "") : args.get(0);
  }

  private static String withInformation(String message, Object info) {
    if (!PythonText.truth(info)) {
      return message;
    }
    return message + ". Additional info follows:\n\n" + String.join("\n", lines(info));
  }

  /** Values as the outputter {@code nested} lays them out. */
  private static List<String> lines(Object value) {
    List<String> lines = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, entry) -> {
            lines.add(PythonText.str(key) + ":");
            lines(entry).forEach(line -> lines.add("    " + line));
          });
    } else if (value instanceof List<?> list) {
      list.forEach(item -> lines.add("- " + String.join("\n  ", lines(item))));
    } else {
      lines.addAll(PythonText.str(value).lines().toList());
    }
    return lines;
  }

  /** What is wrong with the arguments; empty when they can be taken. */
  private static Optional<RuntimeException> wrong(
      String type, List<String> takes, List<Object> args, Map<String, Object> kwargs) {
    List<String> unknown = new ArrayList<>(kwargs.keySet());
    unknown.removeAll(takes);
    if (!unknown.isEmpty()) {
      String text = "%s.__init__() got an unexpected keyword argument '%s'";
      return Optional.of(new PythonError(TYPE_ERROR, text.formatted(type, unknown.get(0))));
    } else if (args.size() > takes.size()) {
      String text = "%s.__init__() takes from 1 to %d positional arguments but %d were given";
      return Optional.of(
          new PythonError(TYPE_ERROR, text.formatted(type, takes.size() + 1, args.size() + 1)));
    }
    return Optional.empty();
  }
}

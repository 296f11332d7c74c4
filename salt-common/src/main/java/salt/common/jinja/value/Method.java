package salt.common.jinja.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A method of one of Python's own types, with the ways in which those refuse arguments.
 *
 * <p>Declared as {@code replace(old, new, count=-1)}; a {@code +} before the name says that it
 * takes keyword arguments.
 */
final class Method {
  /** What a method does with its receiver and its bound arguments. */
  @FunctionalInterface
  interface Body<T> {
    Object apply(T receiver, Object[] arguments);
  }

  private final String type;
  private final String name;
  private final List<String> parameters;
  private final int required;
  private final Object[] presets;
  private final boolean named;
  private final boolean rest;
  private final Body<Object> body;

  @SuppressWarnings("unchecked") // The tables of methods are by type of receiver.
  Method(String type, String declaration, Body<?> body) {
    this.type = type;
    this.named = declaration.startsWith("+");
    int open = declaration.indexOf('(');
    this.name = declaration.substring(named ? 1 : 0, open);
    String inside = declaration.substring(open + 1, declaration.length() - 1);
    this.rest = inside.startsWith("*");
    List<String> declared = inside.isEmpty() || rest ? List.of() : List.of(inside.split(", "));
    this.parameters = declared.stream().map(p -> p.replaceFirst("=.*", "")).toList();
    this.required = (int) declared.stream().filter(p -> p.indexOf('=') < 0).count();
    this.presets = new Object[declared.size()];
    for (int i = required; i < presets.length; i++) {
      presets[i] = preset(declared.get(i).replaceFirst(".*=", ""));
    }
    this.body = (Body<Object>) body;
  }

  private static Object preset(String text) {
    return switch (text) {
      case "None" -> null;
      case "False" -> false;
      case "ABSENT" -> PythonObject.ABSENT;
      default ->
          text.startsWith("'")
              ? (Object) text.substring(1, text.length() - 1)
              : (Object) Long.valueOf(text);
    };
  }

  String name() {
    return name;
  }

  Object call(Object receiver, Arguments arguments) {
    if (rest) {
      Object[] all = {arguments.positional(), arguments.keywords()};
      return body.apply(receiver, all);
    }
    List<Object> positional = arguments.positional();
    Map<String, Object> keywords = arguments.keywords();
    if (!keywords.isEmpty() && !named) {
      throw Errors.type(type + "." + name + "() takes no keyword arguments");
    }
    checkCount(positional.size(), keywords);
    Object[] values = presets.clone();
    for (int i = 0; i < positional.size(); i++) {
      values[i] = positional.get(i);
    }
    bindKeywords(keywords, values, positional.size());
    return body.apply(receiver, values);
  }

  private void bindKeywords(Map<String, Object> keywords, Object[] values, int taken) {
    for (Map.Entry<String, Object> entry : new HashMap<>(keywords).entrySet()) {
      int place = parameters.indexOf(entry.getKey());
      if (place < 0) {
        throw Errors.type(
            "'" + entry.getKey() + "' is an invalid keyword argument for " + name + "()");
      } else if (place < taken) {
        throw Errors.type(
            "argument for %s() given by name ('%s') and position (%d)"
                .formatted(name, entry.getKey(), place + 1));
      }
      values[place] = entry.getValue();
    }
  }

  private void checkCount(int given, Map<String, Object> keywords) {
    int most = parameters.size();
    String full = type + "." + name + "()";
    if (most == 0 && given > 0) {
      throw Errors.type(full + " takes no arguments (" + given + " given)");
    } else if (most == 1 && required == 1 && given != 1 && !named) {
      throw Errors.type(full + " takes exactly one argument (" + given + " given)");
    } else if (named && given > most) {
      throw Errors.type(
          "%s() takes at most %d argument%s (%d given)"
              .formatted(name, most, most == 1 ? "" : "s", given + keywords.size()));
    } else if (given > most) {
      throw Errors.type(expected(most == required ? "" : "at most ", most, given));
    } else if (given + keywords.size() < required) {
      throw Errors.type(expected(most == required ? "" : "at least ", required, given));
    }
  }

  private String expected(String bound, int count, int given) {
    return "%s expected %s%d argument%s, got %d"
        .formatted(name, bound, count, count == 1 ? "" : "s", given);
  }
}

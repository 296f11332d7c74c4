package salt.common.loader;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import salt.common.payload.PythonText;

/**
 * A declared function.
 *
 * @param name its full name, such as {@code test.ping}
 * @param aliases its other full names
 * @param doc what {@code sys.doc} prints: as in a Python docstring, it starts with a new line, each
 *     line is indented by four blanks, and the last one holds only those
 * @param parameters in order, without that of type {@link Call}
 * @param outputter the outputter for its result; empty for the default
 */
public record Function(
    String name, List<String> aliases, String doc, List<Parameter> parameters, String outputter) {

  /**
   * A parameter.
   *
   * @param name in Salt's spelling
   * @param kind how it takes arguments
   * @param required whether the caller must give it
   * @param defaultValue the value when not given; null also when required
   */
  public record Parameter(String name, Kind kind, boolean required, Object defaultValue) {
    /** A parameter that the caller must give. */
    public static Parameter required(String name) {
      return new Parameter(name, Kind.NAMED, true, null);
    }

    /** A parameter that has a value when the caller gives none. */
    public static Parameter optional(String name, Object defaultValue) {
      return new Parameter(name, Kind.NAMED, false, defaultValue);
    }

    /** The parameter for the rest of the positional arguments. */
    public static Parameter positional(String name) {
      return new Parameter(name, Kind.POSITIONAL, false, null);
    }

    /** The parameter for the rest of the keyword arguments. */
    public static Parameter keywords(String name) {
      return new Parameter(name, Kind.KEYWORDS, false, null);
    }
  }

  /** How a parameter takes arguments. */
  public enum Kind {
    /** One argument, by position or name. */
    NAMED,
    /** The rest of the positional arguments. */
    POSITIONAL,
    /** The rest of the keyword arguments. */
    KEYWORDS
  }

  /** The name after the dot. */
  public String shortName() {
    return name.substring(name.indexOf('.') + 1);
  }

  /** Whether a parameter takes the rest of the positional or keyword arguments. */
  public boolean takes(Kind kind) {
    return parameters.stream().anyMatch(parameter -> parameter.kind() == kind);
  }

  /**
   * Refuses keyword arguments that the function does not take, as Salt does before it runs a job or
   * a command line's call; calls between functions are told in Python's words by {@link
   * Functions#call}.
   *
   * @throws CallException of kind {@code UNKNOWN_KEYWORDS} that lists all of them
   */
  public void checkKeywords(Map<String, ?> keyword) {
    if (takes(Kind.KEYWORDS)) {
      return;
    }
    String unknown =
        keyword.entrySet().stream()
            .filter(entry -> indexOf(entry.getKey()) < 0)
            .map(entry -> entry.getKey() + "=" + PythonText.str(entry.getValue()))
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new CallException(
          CallException.Kind.UNKNOWN_KEYWORDS,
          "The following keyword arguments are not valid: " + unknown);
    }
  }

  /** The position of the parameter that takes one argument of this name; -1 when there is none. */
  int indexOf(String parameter) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).kind() == Kind.NAMED && parameters.get(i).name().equals(parameter)) {
        return i;
      }
    }
    return -1;
  }
}

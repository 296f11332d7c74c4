package salt.common.loader;

import java.util.List;

/**
 * A declared function.
 *
 * @param name its full name, such as {@code test.ping}
 * @param aliases its other full names
 * @param doc what {@code sys.doc} prints
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
  public record Parameter(String name, Kind kind, boolean required, Object defaultValue) {}

  /** How a parameter takes arguments. */
  public enum Kind {
    /** One argument, by position or name. */
    NAMED,
    /** The rest of the positional arguments. */
    POSITIONAL,
    /** The rest of the keyword arguments. */
    KEYWORDS
  }
}

package salt.common.jinja.value;

import java.util.List;
import java.util.Map;

/**
 * What a call is given.
 *
 * @param positional in order
 * @param keywords by name, in the order of the call
 */
public record Arguments(List<Object> positional, Map<String, Object> keywords) {
  /** No arguments. */
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Positional arguments only. */
  public static Arguments of(List<Object> positional) {
    return new Arguments(positional, Map.of());
  }
}

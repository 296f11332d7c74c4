package salt.common.jinja.filter;

import java.util.Map;
import salt.common.jinja.value.Undefined;

/** What filters and tests know of the rendering they are part of. */
public interface Evaluation {
  /** Whether what is undefined may be printed. */
  boolean lenient();

  /** Whether what is printed is escaped for HTML. */
  boolean autoescape();

  /** Counts a step of work, and ends a rendering that takes too long. */
  void step();

  /** All filters and tests. */
  Filters filters();

  /** The options of the daemon, as the template sees them. */
  Map<?, ?> options();

  /** Something that is not there. */
  default Undefined undefined(String message) {
    return Undefined.saying(message, lenient());
  }
}

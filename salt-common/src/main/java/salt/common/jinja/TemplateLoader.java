package salt.common.jinja;

import java.util.Map;
import java.util.Optional;

/** Finds the templates that others include, import or extend. */
@FunctionalInterface
public interface TemplateLoader {
  /**
   * A template as found.
   *
   * @param name what it is called from now on: relative names in it start from there
   * @param path where it lies, for messages
   * @param text its text
   * @param globals names that it sees before all others from outside
   */
  record Source(String name, String path, String text, Map<String, Object> globals) {}

  /** One that finds nothing. */
  TemplateLoader NONE = (name, from) -> Optional.empty();

  /**
   * Finds a template.
   *
   * @param name as written
   * @param from the name of the template that asks
   */
  Optional<Source> find(String name, String from);
}

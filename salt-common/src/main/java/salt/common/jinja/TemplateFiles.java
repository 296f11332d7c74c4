package salt.common.jinja;

import java.util.Optional;

/** The files of an environment that templates include and import. */
@FunctionalInterface
public interface TemplateFiles {
  /**
   * A file.
   *
   * @param path where its copy lies on disk, for messages
   * @param text what is in it
   */
  record Found(String path, String text) {}

  /** No files. */
  TemplateFiles NONE = path -> Optional.empty();

  /**
   * Finds a file.
   *
   * @param path from the root of the environment, such as {@code web/map.jinja}; never with {@code
   *     ..} in it
   */
  Optional<Found> find(String path);
}

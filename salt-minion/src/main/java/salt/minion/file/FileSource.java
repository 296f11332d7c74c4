package salt.minion.file;

import java.util.Map;

/** Answers the requests of the file server: a master does, or this machine for itself. */
@FunctionalInterface
public interface FileSource {
  /**
   * Answers one request.
   *
   * @param load {@code cmd} is one of {@code _file_hash}, {@code _file_find}, {@code _serve_file},
   *     {@code _file_list}, {@code _file_list_emptydirs}, {@code _dir_list}, {@code _symlink_list}
   *     and {@code _file_envs}; the rest are its parameters
   * @return the reply as a master gives it
   */
  Object ask(Map<String, Object> load);
}

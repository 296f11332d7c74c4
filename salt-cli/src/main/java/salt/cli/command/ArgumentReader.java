package salt.cli.command;

import java.util.List;
import java.util.Set;

/** Reads the arguments of a function as typed on a command line into values. */
@FunctionalInterface
public interface ArgumentReader {
  /**
   * Reads them.
   *
   * @param texts the arguments as typed
   * @param verbatim names of keyword arguments that stay text
   * @return the positional arguments, then, if there are keyword arguments, a map of them that has
   *     {@code __kwarg__: true}
   */
  List<Object> read(List<String> texts, Set<String> verbatim);
}

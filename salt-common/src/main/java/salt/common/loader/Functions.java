package salt.common.loader;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/** The functions of one kind that a program offers: found by name, called with bound arguments. */
public interface Functions {
  /** All names, aliases included, sorted. */
  SortedSet<String> names();

  /** The names of the modules, sorted. */
  SortedSet<String> modules();

  /** The declaration of a function by its full name or an alias. */
  Optional<Function> find(String name);

  /** The documentation of a module. */
  Optional<String> moduleDoc(String module);

  /**
   * The same functions for another context: modules are made anew, declarations are shared.
   *
   * @param context gives what the modules' constructors take; asked when a module is made
   */
  Functions with(Supplier<?> context);

  /**
   * Calls a function.
   *
   * @param positional the arguments in order
   * @param keyword the arguments by name; names that start with two underscores are dropped unless
   *     the function takes them
   * @param call where the call belongs to; what the function reports goes there
   * @throws CallException when there is no such function, the arguments do not fit it, or it
   *     reports an error to the caller
   */
  Object call(String name, List<?> positional, Map<String, ?> keyword, Call call);
}

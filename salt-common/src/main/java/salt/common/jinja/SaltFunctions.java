package salt.common.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The execution functions that templates call by {@code salt['module.function']}. */
public interface SaltFunctions {
  /** A function with its arguments: positional in order, others by name. */
  @FunctionalInterface
  interface Function {
    /**
     * Calls it.
     *
     * @throws salt.common.loader.PythonError or {@link salt.common.loader.CallException} when it
     *     fails
     */
    Object call(List<Object> positional, Map<String, Object> keywords);
  }

  /** No functions. */
  SaltFunctions NONE =
      new SaltFunctions() {
        @Override
        public Optional<Function> find(String name) {
          return Optional.empty();
        }

        @Override
        public boolean hasModule(String module) {
          return false;
        }
      };

  /** The function of this name, such as {@code grains.get}. */
  Optional<Function> find(String name);

  /** Whether there are functions whose names begin with {@code module} and a dot. */
  boolean hasModule(String module);
}

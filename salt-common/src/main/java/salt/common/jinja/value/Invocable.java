package salt.common.jinja.value;

/** What a template can call. */
@FunctionalInterface
public interface Invocable {
  /**
   * Calls it.
   *
   * @throws salt.common.loader.PythonError when it fails, or the arguments do not fit
   */
  Object call(Arguments arguments);
}

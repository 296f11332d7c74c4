package salt.common.loader;

/**
 * An error that Salt shows under the name of one of Python's exceptions, such as {@code KeyError}:
 * operators read that name, and templates and tests compare it.
 */
public final class PythonError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * An error.
   *
   * @param type the exception's name, without its module
   * @param message what {@code str()} of it gives; may be empty
   */
  public PythonError(String type, String message) {
    super(message);
    this.type = type;
  }

  /** The exception's name, such as {@code KeyError}. */
  public String type() {
    return type;
  }
}

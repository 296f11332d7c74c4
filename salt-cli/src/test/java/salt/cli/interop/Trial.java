package salt.cli.interop;

/** A test that any corner can do. */
@FunctionalInterface
interface Trial {
  /** Does it; a failure is an {@link AssertionError}. */
  void run(Console console) throws Exception;
}

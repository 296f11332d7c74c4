package salt.common.loader;

import java.util.List;

/**
 * What the annotation processor writes for each class of functions, and {@link
 * java.util.ServiceLoader} finds: the declarations, and the calls without reflection.
 */
public interface ModuleIndex {
  /** What calls the functions. */
  enum Kind {
    /** Execution modules: a minion. */
    EXECUTION,
    /** Runners: a master. */
    RUNNER,
    /** States: a minion, by the names that state files use. */
    STATE,
    /** Returners: a minion, with the return of a job. */
    RETURNER,
    /** Renderers: a minion or master, with a file to read. */
    RENDERER
  }

  /** What calls the functions. */
  Kind kind();

  /** The name before the dot. */
  String module();

  /** The module's documentation, in the form of {@link Function#doc}. */
  String doc();

  /** The functions, in the order of their declaration. */
  List<Function> functions();

  /** Makes the module; {@code context} is of the type its constructor takes. */
  Object create(Object context);

  /**
   * Calls a function.
   *
   * @param function its position in {@link #functions}
   * @param module what {@link #create} made
   * @throws Exception whatever the function throws
   */
  Object invoke(int function, Object module, BoundArguments arguments) throws Exception;
}

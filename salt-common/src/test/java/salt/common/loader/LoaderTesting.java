package salt.common.loader;

import java.util.List;

/** Functions from given indexes, for tests in other packages. */
public final class LoaderTesting {
  private LoaderTesting() {}

  /** The functions of modules that take no context. */
  public static Functions functions(ModuleIndex... indexes) {
    return functions(null, indexes);
  }

  /** The functions of modules that take this context. */
  public static Functions functions(Object context, ModuleIndex... indexes) {
    return new ServiceFunctions(List.of(indexes), ModuleIndex.Kind.EXECUTION, () -> context);
  }
}

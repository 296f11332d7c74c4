package salt.common.loader.processor;

import java.util.List;

/**
 * A module as declared in source.
 *
 * @param packageName where its class lies, and its index will
 * @param className the class
 * @param context the type that its constructor takes; empty when it takes nothing
 */
record ModuleSource(
    String kind,
    String module,
    String packageName,
    String className,
    String doc,
    String context,
    List<FunctionSource> functions) {

  /** An exposed method; {@code doc} is the text for the operator. */
  record FunctionSource(
      String method,
      String name,
      List<String> aliases,
      String doc,
      String outputter,
      boolean returnsValue,
      List<ParameterSource> parameters) {}

  /**
   * A parameter of an exposed method.
   *
   * @param name in Salt's spelling
   * @param declaration the Java expression that declares it; empty when it is the call itself
   * @param accessor the method of BoundArguments that gives it
   */
  record ParameterSource(String name, String declaration, String accessor) {
    boolean isCall() {
      return declaration.isEmpty();
    }
  }
}

package salt.common.loader.processor;

import java.util.List;
import java.util.Map;

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
      Parameters parameters) {}

  /**
   * The parameters of an exposed method.
   *
   * @param declarations for each of Salt's arguments, in order, the Java expression that declares
   *     it
   * @param expressions for each of the method's parameters, the Java expression of what it gets
   * @param groupDocs what the groups say of their arguments, by name in Salt's spelling
   */
  record Parameters(
      List<String> declarations, List<String> expressions, Map<String, String> groupDocs) {}
}

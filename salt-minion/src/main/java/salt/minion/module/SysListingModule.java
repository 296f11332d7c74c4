package salt.minion.module;

import java.util.List;
import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Positional;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.ModuleIndex;

/**
 * Tells about what is not called as a function: states, returners and renderers. They are found as
 * functions are; a kind that none is declared of has nothing to list.
 */
@ExecutionModule("sys")
final class SysListingModule {
  private static Catalog states() {
    return Catalog.listed(ModuleIndex.Kind.STATE);
  }

  private static Catalog returners() {
    return Catalog.listed(ModuleIndex.Kind.RETURNER);
  }

  private static Catalog renderers() {
    return Catalog.listed(ModuleIndex.Kind.RENDERER);
  }

  /**
   * Returns the documentation of states, by name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.state_doc
   * }</pre>
   */
  @Exposed
  Map<String, String> stateDoc(@Positional List<Object> args) {
    return states().docs(args);
  }

  /**
   * Returns what states take, by name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.state_argspec
   * }</pre>
   */
  @Exposed
  Map<String, Map<String, Object>> stateArgspec(@Default("''") Object module) {
    return states().argspecs(module);
  }

  /**
   * Returns the documentation of returners, by name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.returner_doc
   * }</pre>
   */
  @Exposed
  Map<String, String> returnerDoc(@Positional List<Object> args) {
    return returners().docs(args);
  }

  /**
   * Returns what returners take, by name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.returner_argspec
   * }</pre>
   */
  @Exposed
  Map<String, Map<String, Object>> returnerArgspec(@Default("''") Object module) {
    return returners().argspecs(module);
  }

  /**
   * Returns the documentation of renderers, by name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.renderer_doc
   * }</pre>
   */
  @Exposed
  Map<String, String> rendererDoc(@Positional List<Object> args) {
    return renderers().docs(args);
  }

  /**
   * Returns descriptions of what states take, as JSON schemas.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.state_schema
   * }</pre>
   */
  @Exposed
  List<Object> stateSchema(@Default("''") Object module) {
    return states().schemas(module);
  }

  /**
   * Returns the names of the states' modules.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_state_modules
   * }</pre>
   */
  @Exposed
  List<String> listStateModules(@Positional List<Object> args) {
    return states().modules(args);
  }

  /**
   * Returns the names of the states.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_state_functions
   * }</pre>
   */
  @Exposed
  List<String> listStateFunctions(
      @Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return states().functions(args);
  }

  /**
   * Returns the names of the returners.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_returners
   * }</pre>
   */
  @Exposed
  List<String> listReturners(@Positional List<Object> args) {
    return returners().modules(args);
  }

  /**
   * Returns the names of the returners' functions.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_returner_functions
   * }</pre>
   */
  @Exposed
  List<String> listReturnerFunctions(
      @Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return returners().functions(args);
  }

  /**
   * Returns the names of the renderers.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_renderers
   * }</pre>
   */
  @Exposed
  List<String> listRenderers(@Positional List<Object> args) {
    return renderers().modules(args);
  }
}

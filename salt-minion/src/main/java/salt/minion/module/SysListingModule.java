package salt.minion.module;

import java.util.List;
import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Positional;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;

/** Tells about states, returners and renderers, of which this minion offers none by name. */
@ExecutionModule("sys")
final class SysEmptyKinds {
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
  Map<String, Object> stateDoc(@Positional List<Object> args) {
    return Map.of();
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
  Map<String, Object> stateArgspec(@Default("''") Object module) {
    return Map.of();
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
  Map<String, Object> returnerDoc(@Positional List<Object> args) {
    return Map.of();
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
  Map<String, Object> returnerArgspec(@Default("''") Object module) {
    return Map.of();
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
  Map<String, Object> rendererDoc(@Positional List<Object> args) {
    return Map.of();
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
  List<String> stateSchema(@Default("''") Object module) {
    return List.of();
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
    return List.of();
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
    return List.of();
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
    return List.of();
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
    return List.of();
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
    return List.of();
  }
}

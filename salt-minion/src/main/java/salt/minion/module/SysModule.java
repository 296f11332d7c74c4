package salt.minion.module;

import java.util.List;
import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Positional;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.ModuleIndex;

/** Tells which functions there are, what they do and what they take. */
@ExecutionModule("sys")
final class SysModule {
  private final MinionContext context;

  SysModule(MinionContext context) {
    this.context = context;
  }

  private Catalog functions() {
    return new Catalog(context.functions());
  }

  private static Catalog runners() {
    return Catalog.listed(ModuleIndex.Kind.RUNNER);
  }

  /**
   * Returns the documentation of functions, by name: of all, or of those of some modules, or of
   * some functions. Names may be patterns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.doc
   * salt '*' sys.doc status
   * salt '*' sys.doc test.sleep
   * salt '*' sys.doc grains.get status.uptime
   * salt '*' sys.doc 'grains.*'
   * }</pre>
   */
  @Exposed
  Map<String, String> doc(@Positional List<Object> args) {
    return functions().docs(args);
  }

  /**
   * Returns what functions take: the names of arguments, their defaults, and whether any further
   * ones are taken by position or name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.argspec cmd.run
   * salt '*' sys.argspec event
   * salt '*' sys.argspec '*.get'
   * }</pre>
   *
   * @param module a module, a function or a pattern; empty for all
   */
  @Exposed
  Map<String, Map<String, Object>> argspec(@Default("''") Object module) {
    return functions().argspecs(module);
  }

  /**
   * Returns the names of all functions, or of those of some modules. Names may be patterns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_functions
   * salt '*' sys.list_functions cmd
   * salt '*' sys.list_functions '*.get'
   * }</pre>
   */
  @Exposed
  List<String> listFunctions(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return functions().functions(args);
  }

  /**
   * Returns the names of all modules, or of those that match.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_modules
   * salt '*' sys.list_modules 'c*'
   * }</pre>
   */
  @Exposed
  List<String> listModules(@Positional List<Object> args) {
    return functions().modules(args);
  }

  /**
   * Does nothing: functions are part of the program and need no loading.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.reload_modules
   * }</pre>
   *
   * @param initialLoad has no effect
   * @param context has no effect
   */
  @Exposed
  void reloadModules(@Default("false") Object initialLoad, @Default("null") Object context) {
    // Every declared function is there from the start.
  }

  /**
   * Returns the documentation of runners, by name: of all, or of some. Names may be patterns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.runner_doc
   * salt '*' sys.runner_doc manage
   * salt '*' sys.runner_doc 'jobs.l*'
   * }</pre>
   */
  @Exposed
  Map<String, String> runnerDoc(@Positional List<Object> args) {
    return runners().docs(args);
  }

  /**
   * Returns what runners take.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.runner_argspec jobs.list_job
   * salt '*' sys.runner_argspec 'manage.*'
   * }</pre>
   *
   * @param module a module, a function or a pattern; empty for all
   */
  @Exposed
  Map<String, Map<String, Object>> runnerArgspec(@Default("''") Object module) {
    return runners().argspecs(module);
  }

  /**
   * Returns the names of the runners' modules, or of those that match.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_runners
   * salt '*' sys.list_runners 'j*'
   * }</pre>
   */
  @Exposed
  List<String> listRunners(@Positional List<Object> args) {
    return runners().modules(args);
  }

  /**
   * Returns the names of all runners, or of those of some modules. Names may be patterns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' sys.list_runner_functions
   * salt '*' sys.list_runner_functions manage
   * }</pre>
   */
  @Exposed
  List<String> listRunnerFunctions(
      @Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return runners().functions(args);
  }
}

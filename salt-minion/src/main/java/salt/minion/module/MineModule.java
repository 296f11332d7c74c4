package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;

/** Sends results of functions to the master's mine, where other minions get them. */
@ExecutionModule("mine")
public final class MineModule {
  private static final Logger LOG = LoggerFactory.getLogger(MineModule.class);

  private final MinionContext context;
  private final Mine mine;

  /** The module of one minion. */
  public MineModule(MinionContext context) {
    this.context = context;
    boolean alone = "local".equals(context.options().text("file_client"));
    this.mine = alone ? new LocalMine(context) : new MasterMine(context);
  }

  /**
   * Runs a function and puts its result into the mine. {@code mine_function} is the function when
   * {@code name} is another name for it; {@code allow_tgt} and {@code allow_tgt_type} say who may
   * get it.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt 'db*' mine.send network.ip_addrs interface=bond1
   * salt 'db*' mine.send backup_address mine_function=network.ip_addrs interface=bond1
   * </pre>
   */
  @Exposed
  public boolean send(
      String name,
      @Argument.Positional List<Object> args,
      @Argument.Keywords Map<String, Object> kwargs,
      Call call) {
    Map<Object, Object> definition = new LinkedHashMap<>(kwargs);
    definition.keySet().removeIf(key -> key.toString().startsWith("__"));
    MineFunction function = MineFunction.of(name, args, definition);
    try {
      return mine.store(Map.of(name, result(function, call)), false);
    } catch (RuntimeException e) {
      LOG.error("the function {} for the mine failed: {}", function.name(), e.getMessage(), e);
      return false;
    }
  }

  private Object result(MineFunction function, Call call) {
    Object result =
        context.functions().call(function.name(), function.arguments(), function.keywords(), call);
    return function.guarded(result);
  }

  /**
   * Runs the functions of the option {@code mine_functions}, or those given, and puts their results
   * into the mine. With {@code clear} what was there before is removed.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' mine.update
   * </pre>
   */
  @Exposed
  public Object update(
      @Argument.Default("false") boolean clear,
      @Argument.Default("null") Object mineFunctions,
      Call call) {
    Map<?, ?> functions =
        PythonText.truth(mineFunctions)
            ? MineFunction.definitions(mineFunctions)
            : MineFunction.configured(context);
    if (functions.isEmpty()) {
      return null;
    }
    Map<String, Object> results = new LinkedHashMap<>();
    for (MineFunction function : available(functions)) {
      try {
        results.put(function.alias(), result(function, call));
      } catch (RuntimeException e) {
        LOG.error("the function {} for the mine failed: {}", function.name(), e.getMessage(), e);
      }
    }
    return mine.store(results, clear);
  }

  private List<MineFunction> available(Map<?, ?> definitions) {
    return definitions.entrySet().stream()
        .map(one -> MineFunction.of(PythonText.str(one.getKey()), one.getValue()))
        .filter(
            function -> {
              boolean known = context.functions().find(function.name()).isPresent();
              if (!known) {
                LOG.error("mine_functions: there is no function {}", function.name());
              }
              return known;
            })
        .toList();
  }

  /**
   * Gets results of a function, or of several, from the mine: those of the minions that the target
   * matches, by minion.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' mine.get 'db*' backup_address
   * salt '*' mine.get 'role:cache' backup_address tgt_type=grain
   * </pre>
   */
  @Exposed
  public Object get(
      Object tgt,
      Object fun,
      @Argument.Default("glob") String tgtType,
      @Argument.Default("false") boolean excludeMinion) {
    return mine.get(tgt, fun, tgtType, excludeMinion);
  }

  /**
   * Removes a function's result of this minion from the mine.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' mine.delete network.interfaces
   * </pre>
   */
  @Exposed
  public boolean delete(String fun) {
    return mine.delete(fun);
  }

  /**
   * Removes all of this minion from the mine.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' mine.flush
   * </pre>
   */
  @Exposed
  public boolean flush() {
    return mine.flush();
  }

  /**
   * Returns the functions of {@code mine_functions} that this minion has.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' mine.valid
   * </pre>
   */
  @Exposed
  public Object valid() {
    Map<?, ?> configured = MineFunction.configured(context);
    if (configured.isEmpty()) {
      return null;
    }
    Map<String, Object> valid = new LinkedHashMap<>();
    available(configured)
        .forEach(
            function ->
                valid.put(function.alias(), function.shown(configured.get(function.alias()))));
    return valid;
  }
}

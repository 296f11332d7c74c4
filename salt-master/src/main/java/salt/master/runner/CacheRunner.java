package salt.master.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;
import salt.common.target.Minion;

/** Shows and clears what the master remembers of minions. */
@Runner("cache")
final class CacheRunner {
  private final RunnerContext context;

  CacheRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Returns the cached grains of minions.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.grains '*'
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   * @param kwargs not used, as in Salt
   */
  @Exposed
  Map<String, Object> grains(
      Object tgt, @Default("glob") String tgtType, @Keywords Map<String, Object> kwargs) {
    return of(tgt, tgtType, Minion::grains);
  }

  /**
   * Returns the cached pillar of minions.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.pillar
   * }</pre>
   *
   * @param tgt the target; all minions without one
   * @param tgtType what the target means
   * @param kwargs not used, as in Salt
   */
  @Exposed
  Map<String, Object> pillar(
      @Default("null") Object tgt,
      @Default("glob") String tgtType,
      @Keywords Map<String, Object> kwargs) {
    return of(tgt, tgtType, Minion::pillar);
  }

  private Map<String, Object> of(Object target, String type, Function<Minion, Map<?, ?>> part) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (String id : matching(target, type)) {
      Minion minion = context.cache().data(id);
      Map<?, ?> data = minion == null ? null : part.apply(minion);
      if (data != null && !data.isEmpty()) {
        found.put(id, data);
      }
    }
    return found;
  }

  private List<String> matching(Object target, String type) {
    return context.targets().check(target == null ? "*" : target, type).minions();
  }

  /**
   * Returns the cached mine of minions.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.mine
   * }</pre>
   *
   * @param tgt the target; all minions without one
   * @param tgtType what the target means
   * @param kwargs not used, as in Salt
   */
  @Exposed
  Map<String, Object> mine(
      @Default("null") Object tgt,
      @Default("glob") String tgtType,
      @Keywords Map<String, Object> kwargs) {
    Map<String, Object> found = new LinkedHashMap<>();
    matching(tgt, tgtType).forEach(id -> found.put(id, context.mine().all(id)));
    return found;
  }

  /**
   * Forgets the pillar of minions. Returns whether there was a target.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.clear_pillar '*'
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   */
  @Exposed
  boolean clearPillar(@Default("null") Object tgt, @Default("glob") String tgtType) {
    return clear(tgt, tgtType, id -> replace(id, false, true));
  }

  /**
   * Forgets the grains of minions. Returns whether there was a target.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.clear_grains '*'
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   */
  @Exposed
  boolean clearGrains(@Default("null") Object tgt, @Default("glob") String tgtType) {
    return clear(tgt, tgtType, id -> replace(id, true, false));
  }

  /**
   * Forgets the mine of minions. Returns whether there was a target.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.clear_mine '*'
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   */
  @Exposed
  boolean clearMine(@Default("null") Object tgt, @Default("glob") String tgtType) {
    return clear(tgt, tgtType, context.mine()::flush);
  }

  /**
   * Forgets one function of the mine of minions. Returns whether there was a target.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.clear_mine_func tgt='*' clear_mine_func_flag='network.interfaces'
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   * @param clearMineFuncFlag the function
   */
  @Exposed
  boolean clearMineFunc(
      @Default("null") Object tgt,
      @Default("glob") String tgtType,
      @Default("null") String clearMineFuncFlag) {
    return clear(
        tgt,
        tgtType,
        id -> {
          if (clearMineFuncFlag != null) {
            context.mine().delete(id, clearMineFuncFlag);
          }
        });
  }

  /**
   * Forgets the pillar, grains and mine of minions. Returns whether there was a target.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run cache.clear_all '*'
   * }</pre>
   *
   * @param tgt the target
   * @param tgtType what the target means
   */
  @Exposed
  boolean clearAll(@Default("null") Object tgt, @Default("glob") String tgtType) {
    return clear(
        tgt,
        tgtType,
        id -> {
          replace(id, true, true);
          context.mine().flush(id);
        });
  }

  private boolean clear(Object target, String type, Consumer<String> forget) {
    if (target == null) {
      return false;
    }
    new ArrayList<>(matching(target, type)).forEach(forget);
    return true;
  }

  private void replace(String id, boolean grains, boolean pillar) {
    Minion minion = context.cache().data(id);
    if (minion != null) {
      context.cache().store(id, kept(minion.grains(), grains), kept(minion.pillar(), pillar));
    }
  }

  private static Map<?, ?> kept(Map<?, ?> data, boolean gone) {
    return gone || data == null ? Map.of() : data;
  }
}

package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;

/** The mine of the master. */
final class MasterMine implements Mine {
  private final MinionContext context;

  MasterMine(MinionContext context) {
    this.context = context;
  }

  @Override
  public boolean store(Map<String, Object> results, boolean clear) {
    Map<String, Object> load = load("_mine");
    load.put("data", results);
    load.put("clear", clear);
    return PythonText.truth(ask(load));
  }

  @Override
  public Object get(Object target, Object function, String targetType, boolean excludeMinion) {
    Map<String, Object> load = load("_mine_get");
    load.put("tgt", target);
    load.put("fun", function);
    load.put("tgt_type", targetType);
    Object found = ask(load);
    if (excludeMinion && found instanceof Map<?, ?> map) {
      Map<Object, Object> others = new LinkedHashMap<>(map);
      others.remove(context.options().text("id"));
      return others;
    }
    return found;
  }

  @Override
  public boolean delete(String function) {
    Map<String, Object> load = load("_mine_delete");
    load.put("fun", function);
    return PythonText.truth(ask(load));
  }

  @Override
  public boolean flush() {
    return PythonText.truth(ask(load("_mine_flush")));
  }

  private static Map<String, Object> load(String command) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", command);
    return load;
  }

  private Object ask(Map<String, Object> load) {
    return context
        .master()
        .orElseThrow(
            () ->
                new CallException(
                    CallException.Kind.EXECUTION, "There is no master to keep the mine"))
        .request(load);
  }
}

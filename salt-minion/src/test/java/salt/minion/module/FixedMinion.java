package salt.minion.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.loader.Call;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.ServiceFunctions;

/** A minion whose options, grains and pillar are given, and that writes down what it sends. */
final class FixedMinion implements MinionContext, MinionContext.MasterLink {
  private final Options options;
  private final Map<String, Object> grains;
  private final Map<String, Object> pillar;
  private final Functions functions = new ServiceFunctions(ModuleIndex.Kind.EXECUTION, () -> this);

  final List<Map<String, Object>> requests = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  boolean connected;

  FixedMinion(Map<String, Object> options, Map<String, Object> grains, Map<String, Object> pillar) {
    this.options = Options.of(options);
    this.grains = grains;
    this.pillar = pillar;
  }

  Object call(String fun, List<?> args, Map<String, ?> kwargs) {
    return functions.call(fun, args, kwargs, new Call(fun, Map.of()));
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Map<String, Object> grains() {
    return grains;
  }

  @Override
  public Map<String, Object> pillar() {
    return pillar;
  }

  @Override
  public Functions functions() {
    return functions;
  }

  @Override
  public Optional<MasterLink> master() {
    return connected ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Object request(Map<String, Object> load) {
    requests.add(load);
    return true;
  }

  @Override
  public void fireEvent(String tag, Map<String, Object> data) {
    events.add(tag + " " + data);
  }

  @Override
  public boolean fire(String tag, Map<String, Object> data) {
    events.add("own " + tag + " " + data);
    return true;
  }

  @Override
  public String address() {
    return "master";
  }

  @Override
  public String publicKey() {
    return "";
  }

  @Override
  public RunningJobs jobs() {
    throw new IllegalStateException("this minion runs no jobs");
  }

  @Override
  public Refresh refresh() {
    throw new IllegalStateException("this minion never changes");
  }
}

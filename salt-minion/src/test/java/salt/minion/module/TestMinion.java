package salt.minion.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import salt.common.config.Options;
import salt.common.loader.Call;
import salt.common.loader.Functions;
import salt.common.loader.ModuleIndex;
import salt.common.loader.ServiceFunctions;

/** A minion without a daemon around it: its options, and all its functions. */
final class TestMinion implements MinionContext {
  private final Options options;
  private final Map<String, Object> grains;
  private final Functions functions = new ServiceFunctions(ModuleIndex.Kind.EXECUTION, () -> this);

  final List<Map<String, Object>> running = new CopyOnWriteArrayList<>();
  final List<String> signals = new CopyOnWriteArrayList<>();
  final List<String> refreshed = new CopyOnWriteArrayList<>();
  final List<String> fired = new CopyOnWriteArrayList<>();
  MasterLink link;

  TestMinion(Map<String, Object> options) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", "minion");
    all.put("hash_type", "sha256");
    all.put("file_roots", Map.of("base", List.of()));
    all.putAll(options);
    this.options = Options.of(all);
    Map<String, Object> own = new LinkedHashMap<>();
    this.options.map("grains").forEach((name, value) -> own.put((String) name, value));
    this.grains = own;
  }

  /** Calls a function as a job does. */
  Object job(String function, Object... arguments) {
    return call(function, Arrays.asList(arguments), Map.of(), jobOf(function));
  }

  /** A call that a job makes. */
  static Call jobOf(String function) {
    return new Call(function, Map.of("jid", "20261123000000000000", "fun", function));
  }

  Object call(String function, List<?> positional, Map<String, ?> keyword, Call call) {
    return functions.call(function, new ArrayList<>(positional), keyword, call);
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
    return Map.of();
  }

  @Override
  public Functions functions() {
    return functions;
  }

  @Override
  public boolean fire(String tag, Map<String, Object> data) {
    fired.add(tag + " " + data);
    return true;
  }

  @Override
  public Optional<MasterLink> master() {
    return Optional.ofNullable(link);
  }

  @Override
  public RunningJobs jobs() {
    return new RunningJobs() {
      @Override
      public List<Map<String, Object>> running() {
        return List.copyOf(running);
      }

      @Override
      public boolean signal(String jid, int signal) {
        signals.add(jid + ":" + signal);
        return running.stream().anyMatch(job -> jid.equals(job.get("jid")));
      }
    };
  }

  @Override
  public Refresh refresh() {
    return new Refresh() {
      @Override
      public void grains() {
        refreshed.add("grains");
      }

      @Override
      public boolean pillar() {
        refreshed.add("pillar");
        return true;
      }
    };
  }
}

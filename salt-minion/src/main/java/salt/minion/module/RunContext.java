package salt.minion.module;

import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.loader.Functions;

/**
 * A minion as one run sees it: with other options or another pillar than the minion's own, as
 * {@code state.apply pillar=... test=True} asks for. Its functions see the same.
 */
public final class RunContext implements MinionContext {
  private final MinionContext minion;
  private final Options options;
  private final Map<String, Object> pillar;
  private final Functions functions;

  /** The minion, but for options and pillar. */
  public RunContext(MinionContext minion, Options options, Map<String, Object> pillar) {
    this.minion = minion;
    this.options = options;
    this.pillar = pillar;
    this.functions = minion.functions().with(() -> this);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Map<String, Object> grains() {
    return minion.grains();
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
    return minion.master();
  }

  @Override
  public boolean fire(String tag, Map<String, Object> data) {
    return minion.fire(tag, data);
  }

  @Override
  public RunningJobs jobs() {
    return minion.jobs();
  }

  @Override
  public Refresh refresh() {
    return minion.refresh();
  }
}

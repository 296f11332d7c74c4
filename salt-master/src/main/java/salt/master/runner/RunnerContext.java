package salt.master.runner;

import java.util.function.Consumer;
import java.util.function.Supplier;
import salt.common.config.Options;
import salt.common.loader.Functions;
import salt.common.target.TargetCheck;
import salt.master.cache.ConnectedMinions;
import salt.master.cache.MineCache;
import salt.master.cache.MinionCache;
import salt.master.job.JobReader;
import salt.master.key.MinionKeys;

/**
 * What runners work with.
 *
 * @param options the master's
 * @param events the master's bus
 * @param announcements tells of a run's progress
 * @param jobs the job cache
 * @param minions has minions do something
 * @param keys the minions' keys
 * @param cache grains and pillar of minions
 * @param mine the mine
 * @param targets finds minions
 * @param connected finds the minions that are connected
 * @param functions all runners
 * @param out takes lines for standard output
 */
record RunnerContext(
    Options options,
    MasterEvents events,
    Announcements announcements,
    JobReader jobs,
    MinionClient minions,
    MinionKeys keys,
    MinionCache cache,
    MineCache mine,
    TargetCheck targets,
    ConnectedMinions connected,
    Supplier<Functions> functions,
    Consumer<String> out) {

  /** An option in whole seconds, or {@code given} when the caller gave one that is not zero. */
  int seconds(Object given, String option) {
    return given instanceof Number number && number.doubleValue() != 0
        ? number.intValue()
        : options.integer(option);
  }
}

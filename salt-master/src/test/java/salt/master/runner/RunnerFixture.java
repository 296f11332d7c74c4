package salt.master.runner;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.common.event.EventBusOptions;
import salt.common.event.EventSockets;
import salt.common.job.Arguments;
import salt.master.job.LocalJobCache;

/** Runners on files of their own, with minions that answer as told. */
final class RunnerFixture implements AutoCloseable, MinionClient {
  static final String JID = "20261124003122030860";

  final List<String> printed = Collections.synchronizedList(new ArrayList<>());
  final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  final List<Order> orders = new ArrayList<>();
  final Options options;
  final EventBus bus;
  final Runners runners;
  private final Path directory;
  private final MasterEvents events;
  private Gathered answer = new Gathered(List.of(), Map.of());
  private String failure = "";

  RunnerFixture(Path directory) {
    this.directory = directory;
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pki_dir", directory.resolve("pki").toString());
    values.put("cachedir", directory.resolve("cache").toString());
    values.put("sock_dir", directory.toString());
    values.put("hash_type", "sha256");
    values.put("id", "mars_master");
    values.put("user", "boss");
    values.put("runner_returns", true);
    values.put("minion_data_cache", true);
    values.put("max_event_size", 1_048_576L);
    values.put("timeout", 3L);
    values.put("gather_job_timeout", 7L);
    values.put("file_roots", Map.of("base", List.of("/srv/salt", "/srv/more")));
    options = Options.of(values);
    bus = new EventBus(EventBusOptions.DEFAULT, Clock.systemUTC());
    bus.open(EventSockets.master(directory));
    events = new MasterEvents(options, Clock.systemUTC());
    runners =
        new Runners(
            options,
            new Runners.Surroundings(
                this, events, (suffix, data) -> heard.add(suffix), printed::add),
            Clock.systemUTC());
  }

  /** What minions answer from now on; the last is for those that do not. */
  RunnerFixture minions(List<String> ids, Map<String, Map<String, Object>> returns) {
    answer = new Gathered(ids, returns);
    return this;
  }

  RunnerFixture cannotPublish(String words) {
    failure = words;
    return this;
  }

  @Override
  public Gathered run(Order order) {
    orders.add(order);
    if (!failure.isEmpty()) {
      throw new MinionClientException(failure, new IllegalStateException());
    }
    return answer;
  }

  /** Puts a job into the job cache. */
  RunnerFixture job(String jid, Map<String, Object> load, List<String> minions) {
    try (LocalJobCache jobs = new LocalJobCache(directory.resolve("cache"), "sha256")) {
      jobs.open(jid, load, minions, true).join();
      for (String id : minions) {
        if (!id.equals("late")) {
          Map<String, Object> result = new LinkedHashMap<>();
          result.put("return", !id.equals("bad"));
          result.put("retcode", 0L);
          result.put("success", true);
          jobs.store(jid, id, result).join();
        }
      }
    }
    return this;
  }

  Map<String, Object> run(String fun, Object... positional) {
    return runners.run(
        fun, new Arguments(List.of(positional), Map.of()), "20261124010000000000", "boss");
  }

  Map<String, Object> runNamed(String fun, Map<String, Object> keyword) {
    return runners.run(fun, new Arguments(List.of(), keyword), "20261124010000000001", "boss");
  }

  Object returned(String fun, Object... positional) {
    return run(fun, positional).get("return");
  }

  @Override
  public void close() {
    events.close();
    bus.close();
  }
}

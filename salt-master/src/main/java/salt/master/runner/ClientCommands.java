package salt.master.runner;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.daemon.Workers;
import salt.common.job.Arguments;
import salt.common.loader.CallException;
import salt.common.payload.Fields;
import salt.master.auth.PublisherAccess;
import salt.master.auth.Verdict;
import salt.master.key.KeyStore;
import salt.master.key.MinionKeys;

/**
 * The commands {@code runner} and {@code wheel} of the request port, for those who show the key of
 * the master's user.
 *
 * <p>Runners run on threads of their own; when all are busy, a limited number waits, and more are
 * refused.
 */
public final class ClientCommands implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClientCommands.class);
  private static final int THREADS = 16;
  private static final int WAITING = 500;
  private static final List<String> NOT_ARGUMENTS =
      List.of("cmd", "fun", "key", "user", "token", "eauth", "username", "password", "client");

  private final PublisherAccess access;
  private final MasterEvents events;
  private final Runners runners;
  private final WheelFunctions wheel;
  private final Supplier<String> jids;
  private final Clock clock;
  private final String user;
  private final Workers threads = new Workers("runner", THREADS, WAITING, Duration.ofSeconds(5));

  /**
   * Runs for those whom {@code access} allows everything.
   *
   * @param minions has minions do what runners want
   * @param jids gives the id of each run
   */
  public ClientCommands(
      Options options,
      PublisherAccess access,
      MinionClient minions,
      Supplier<String> jids,
      Clock clock) {
    this.access = access;
    this.jids = jids;
    this.clock = clock;
    this.user = options.text("user", "root");
    this.events = new MasterEvents(options, clock);
    this.runners = Runners.inMaster(options, minions, events, clock);
    this.wheel =
        new WheelFunctions(
            options, new MinionKeys(options, new KeyStore(options.path("pki_dir")), events::fire));
  }

  /** Starts a runner; answers {@code {tag, jid}}, or why it does not. */
  public Map<String, Object> runner(Fields load) {
    Map<String, Object> refusal = refusal(load);
    if (!refusal.isEmpty()) {
      return refusal;
    }
    String fun = load.text("fun");
    Arguments arguments = arguments(load);
    String jid = jids.get();
    String caller = caller(load);
    if (!threads.offer(() -> runners.run(fun, arguments, jid, caller))) {
      log.warn("runner {} of {} is refused: {} others wait", fun, caller, threads.waiting());
      return error("SaltClientError", "Too many runners are waiting; try again later");
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("tag", Runners.TAG + jid);
    reply.put("jid", jid);
    return reply;
  }

  /** They are given as lists and maps apart, or by name alone. */
  private static Arguments arguments(Fields load) {
    Map<Object, Object> given = load.map("kwarg");
    if (given.get("arg") instanceof List<?> positional
        && given.get("kwarg") instanceof Map<?, ?> keyword) {
      return new Arguments(List.copyOf(positional), named(keyword));
    }
    return new Arguments(List.of(), named(given));
  }

  private static Map<String, Object> named(Map<?, ?> values) {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put(String.valueOf(name), value));
    named.remove(Arguments.MARK);
    return named;
  }

  /** Does what a wheel function does; answers {@code {tag, data}} with what it returned. */
  public Map<String, Object> wheel(Fields load) {
    Map<String, Object> refusal = refusal(load);
    if (!refusal.isEmpty()) {
      return refusal;
    }
    String fun = load.text("fun");
    String jid = jids.get();
    String tag = "salt/wheel/" + jid;
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("fun", "wheel." + fun);
    data.put("jid", jid);
    data.put("tag", tag);
    data.put("user", caller(load));
    Announcements announcements = new Announcements(events, (suffix, told) -> {}, clock);
    announcements.fire(tag, "new", data);
    try {
      data.put("return", wheel.call(fun, load.rest(NOT_ARGUMENTS.toArray(String[]::new))));
      data.put("success", true);
    } catch (RuntimeException e) {
      log.warn("wheel function {} failed: {}", fun, e.toString());
      String told = e instanceof CallException ? e.getMessage() : e.toString();
      data.put("return", "Exception occurred in wheel " + fun + ": " + told + "\n");
      data.put("success", false);
    }
    announcements.fire(tag, "ret", data);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("tag", tag);
    reply.put("data", data);
    return reply;
  }

  /** Why the caller may not; empty when it may. */
  private Map<String, Object> refusal(Fields load) {
    Verdict verdict = access.checkFull(load.text("user", ""), load.text("key", ""));
    if (verdict.isAllowed()) {
      return Map.of();
    }
    log.warn("{} of {} is refused: {}", load.any("cmd"), load.any("fun"), verdict.reason());
    return error("UserAuthenticationError", "Authentication failure of type \"user\" occurred");
  }

  private static Map<String, Object> error(String name, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("name", name);
    error.put("message", message);
    return Map.of("error", error);
  }

  private String caller(Fields load) {
    String sent = load.text("user", "");
    return sent.isEmpty() || sent.startsWith("sudo_") ? user : sent;
  }

  @Override
  public void close() {
    runners.cancel();
    threads.close();
    events.close();
  }
}

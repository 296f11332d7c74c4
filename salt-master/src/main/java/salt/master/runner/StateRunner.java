package salt.master.runner;

import java.time.Duration;
import java.util.Optional;
import salt.common.event.Event;
import salt.common.event.EventBusException;
import salt.common.event.EventClient;
import salt.common.loader.Argument.Default;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;
import salt.common.pattern.Glob;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;
import salt.common.payload.Json;
import salt.common.payload.JsonStyle;

/** Watches the master's events. */
@Runner("state")
final class StateRunner {
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final JsonStyle LINE = JsonStyle.COMPACT.leniently();
  private static final JsonStyle PRETTY = LINE.indentedBy("    ").sorted();

  private final RunnerContext context;

  StateRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Prints the events on the master's bus as they come: the tag, a tab and the data as JSON.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * # Reboot a minion and go on when it is back
   * salt 'jerry' system.reboot && \
   *     salt-run state.event 'salt/minion/jerry/start' count=1 quiet=True
   *
   * # Read events in a shell
   * salt-run state.event | while read -r tag data; do
   *     echo $tag
   *     echo $data | jq --color-output .
   * done
   * }</pre>
   *
   * @param tagmatch a glob or regular expression on the whole tag
   * @param count how many matching events to wait for; -1 for ever
   * @param quiet whether to wait only, and print nothing
   * @param sockDir another directory with the sockets of a bus
   * @param pretty whether to spread the JSON over lines
   * @param node {@code master}; the bus of a minion cannot be watched
   */
  @Exposed
  Object event(
      Call call,
      @Default("'*'") String tagmatch,
      @Default("-1") int count,
      @Default("false") boolean quiet,
      @Default("null") String sockDir,
      @Default("false") boolean pretty,
      @Default("master") String node)
      throws InterruptedException {
    if (!node.equals("master")) {
      throw new CallException(
          CallException.Kind.INVOCATION, "node: only the bus of the master can be watched");
    }
    MasterEvents bus = sockDir == null ? context.events() : context.events().elsewhere(sockDir);
    int left = count;
    try (EventClient client = connected(bus, call)) {
      call.whenCancelled(client::release);
      while (left != 0 && !call.cancelled()) {
        Optional<Event> event = client.next(FOREVER).filter(came -> matches(came.tag(), tagmatch));
        if (event.isPresent()) {
          if (!quiet) {
            print(event.get(), pretty);
          }
          left = left > 0 ? left - 1 : left;
        }
      }
    }
    return null;
  }

  /** Waits for a master to come, as Salt does. */
  private static EventClient connected(MasterEvents bus, Call call) throws InterruptedException {
    while (true) {
      EventClient client = bus.client();
      try {
        client.listen();
        return client;
      } catch (EventBusException e) {
        client.close();
        if (!call.pause(BETWEEN_ATTEMPTS)) {
          throw e;
        }
      }
    }
  }

  private void print(Event event, boolean pretty) {
    context.out().accept(event.tag() + "\t" + Json.write(event.data(), pretty ? PRETTY : LINE));
  }

  private static boolean matches(String tag, String expression) {
    if (tag.equals(expression) || Glob.of(expression).matches(tag)) {
      return true;
    }
    try {
      return PythonRegex.compile("(?:" + expression + ")\\Z").matchesStart(tag);
    } catch (PatternProblem notRegex) {
      return false;
    }
  }
}

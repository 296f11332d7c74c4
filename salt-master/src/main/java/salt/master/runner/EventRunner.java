package salt.master.runner;

import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Exposed;
import salt.common.loader.Runner;

/** Fires events on the master's bus. */
@Runner("event")
final class EventRunner {
  private final RunnerContext context;

  EventRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Fires an event. Returns whether the master's bus took it.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run event.send my/custom/event '{"foo": "bar"}'
   * }</pre>
   *
   * @param tag the event's tag, which is used as it is
   * @param data a map
   */
  @Exposed
  boolean send(String tag, @Default("null") Map<Object, Object> data) {
    return context.events().fire(tag, data == null ? Map.of() : data);
  }
}

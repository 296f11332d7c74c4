package salt.cli.command;

import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.EventBusException;
import salt.common.event.EventBusOptions;
import salt.common.event.EventClient;
import salt.common.event.EventSockets;

/** Fires events on the bus of the master, if one runs; without one they are lost, as in Salt. */
final class KeyEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyEvents.class);

  private final EventClient client;

  KeyEvents(Options options, Clock clock) {
    client =
        new EventClient(
            EventSockets.master(options.path("sock_dir")), EventBusOptions.DEFAULT, clock);
  }

  void fire(String tag, Map<String, Object> data) {
    try {
      client.fire(tag, data);
    } catch (EventBusException e) {
      log.debug("event {} is lost: {}", tag, e.getMessage());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

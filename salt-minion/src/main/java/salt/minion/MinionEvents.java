package salt.minion;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.event.Event;
import salt.common.event.EventBus;
import salt.common.event.EventSubscription;
import salt.common.transport.TransportException;

/**
 * Does what events on the minion's own bus ask for, as {@code salt-call} and tools beside the
 * minion fire them: {@code pillar_refresh}, {@code grains_refresh}, {@code module_refresh}, {@code
 * fire_master}, {@code _salt_error} and {@code _minion_mine}. Thread {@code minion-events}.
 */
final class MinionEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MinionEvents.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String PILLAR_DONE = "/salt/minion/minion_pillar_refresh_complete";
  private static final String MODULES_DONE = "/salt/minion/minion_mod_refresh_complete";

  private final EventBus events;
  private final List<MinionSession> sessions;
  private final EventSubscription subscription;
  private final Thread thread;

  /** Listens for {@code sessions}. */
  MinionEvents(EventBus events, List<MinionSession> sessions) {
    this.events = events;
    this.sessions = List.copyOf(sessions);
    this.subscription =
        events.subscribe(
            "pillar_refresh",
            "grains_refresh",
            "module_refresh",
            "fire_master",
            "_salt_error",
            "_minion_mine");
    this.thread = new Thread(this::run, "minion-events");
  }

  MinionEvents start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (subscription.isOpen()) {
        Optional<Event> event = subscription.next(LOOK);
        event.ifPresent(this::handleGuarded);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handleGuarded(Event event) {
    try {
      handle(event.tag(), event.data());
    } catch (RuntimeException e) {
      log.error("the event {} could not be acted on: {}", event.tag(), e.toString(), e);
    }
  }

  private void handle(String tag, Map<?, ?> data) {
    if (tag.startsWith("pillar_refresh")) {
      forOpen(MinionSession::refreshPillar);
      events.fire(PILLAR_DONE, Map.of("complete", true));
    } else if (tag.startsWith("grains_refresh")) {
      forOpen(MinionSession::refreshGrains);
    } else if (tag.startsWith("module_refresh")) {
      // Modules are never read anew, so this is done already.
      events.fire(MODULES_DONE, Map.of("complete", true));
    } else if (tag.startsWith("fire_master")) {
      send(named(data, "events", "data", "tag", "pretag"));
    } else if (tag.startsWith("_salt_error")) {
      Map<String, Object> load = new LinkedHashMap<>();
      load.put("data", data);
      load.put("tag", tag);
      send(load);
    } else {
      Map<String, Object> load = new LinkedHashMap<>();
      data.forEach((key, value) -> load.put(String.valueOf(key), value));
      load.remove("tok");
      load.remove("_stamp");
      load.put("cmd", "_mine");
      forOpen(session -> session.request(load));
    }
  }

  private static Map<String, Object> named(Map<?, ?> data, String... fields) {
    Map<String, Object> load = new LinkedHashMap<>();
    for (String field : fields) {
      if (data.containsKey(field) && (!"events".equals(field) || data.get(field) != null)) {
        load.put(field, data.get(field));
      }
    }
    return load;
  }

  private void send(Map<String, Object> load) {
    load.put("cmd", "_minion_event");
    load.putIfAbsent("pretag", null);
    forOpen(session -> session.request(load));
  }

  private void forOpen(Consumer<MinionSession> action) {
    for (MinionSession session : sessions) {
      if (session.isConnected()) {
        try {
          action.accept(session);
        } catch (TransportException e) {
          log.error("an event could not be passed on to a master: {}", e.getMessage());
        }
      }
    }
  }

  @Override
  public void close() {
    subscription.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

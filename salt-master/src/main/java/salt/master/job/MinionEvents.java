package salt.master.job;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.event.EventBus;
import salt.common.pattern.Glob;
import salt.common.payload.Fields;

/**
 * The command {@code _minion_event}: passes events of minions on to the master's bus, but for those
 * under the tags that only a master may use.
 */
public final class MinionEvents {
  private static final Logger log = LoggerFactory.getLogger(MinionEvents.class);
  private static final List<Glob> MASTERS_OWN =
      List.of(
          Glob.of("salt/job/*/publish"),
          Glob.of("salt/job/*/new"),
          Glob.of("salt/job/*/ret/*"),
          Glob.of("salt/job/*/return"),
          Glob.of("salt/job/*/error"),
          Glob.of("salt/auth"),
          Glob.of("salt/key"),
          Glob.of("key"),
          Glob.of("salt/presence/*"),
          Glob.of("salt/cloud/*"),
          Glob.of("salt/run/*"),
          Glob.of("salt/cluster/*"),
          Glob.of("salt/wheel/*"),
          Glob.of("[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*"));

  private final EventBus events;

  /** Passes events on to {@code events}. */
  public MinionEvents(EventBus events) {
    this.events = events;
  }

  /** Takes one load of events; answers nil as Salt does. */
  public Object accept(Fields load) {
    String id = load.text("id");
    if (load.has("events")) {
      String pretag = load.text("pretag", "");
      for (Object each : load.list("events")) {
        Fields event = Fields.require("event of minion " + id, each);
        Map<?, ?> data = event.map("data");
        fire(id, event.text("tag"), data);
        if (!pretag.isEmpty()) {
          fire(id, pretag + "/" + event.text("tag"), data);
        }
      }
    } else {
      load.any("data");
      fire(id, load.text("tag"), load.rest());
    }
    return null;
  }

  private void fire(String id, String tag, Map<?, ?> data) {
    boolean foreign =
        MASTERS_OWN.stream().anyMatch(own -> own.matches(tag))
            || (tag.startsWith("salt/minion/") && !tag.startsWith("salt/minion/" + id + "/"))
            || (tag.startsWith("minion/refresh/") && !tag.equals("minion/refresh/" + id));
    if (tag.isEmpty() || foreign) {
      log.warn("minion {} fired an event with the tag '{}', which is not its to use", id, tag);
      return;
    }
    events.fire(tag, data);
  }
}

package salt.common.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.payload.Fields;

/**
 * Something that happened.
 *
 * @param tag what, such as {@code salt/job/<jid>/ret/<id>}
 * @param data the details; {@code _stamp} says when (UTC, ISO 8601 without zone)
 */
public record Event(String tag, Map<Object, Object> data) {
  /** Tells a listener that did not read in time how many events it has missed. */
  public static final String MISSED = "salt/event/missed";

  /** Copies {@code data}. */
  public Event {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** The details, to be read field by field. */
  public Fields fields() {
    return Fields.of("event " + tag, data);
  }
}

package salt.common.event;

/**
 * How a bus behaves.
 *
 * @param maxEventSize bytes beyond which large values give way to a marker ({@code max_event_size})
 * @param queueBytes bytes that wait for one listener on a socket; it misses what comes beyond
 * @param queueEvents events that wait for one subscriber in this process; likewise
 * @param groupMayListen whether the publishing socket is open to the group (0660 instead of 0600),
 *     as real Salt has it with a publisher ACL or external authentication
 * @param framing how events are framed for listeners; those who fire may use either framing
 */
public record EventBusOptions(
    int maxEventSize,
    int queueBytes,
    int queueEvents,
    boolean groupMayListen,
    EventFraming framing) {

  /** Salt's defaults. */
  public static final EventBusOptions DEFAULT =
      new EventBusOptions(1_048_576, 32 << 20, 10_000, false, EventFraming.LENGTH);
}

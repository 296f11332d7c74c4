package salt.master.runner;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.loader.Call;

/** What a run tells of itself, by events {@code salt/run/<jid>/...} and to whoever started it. */
final class Announcements {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private final MasterEvents events;
  private final RunnerListener listener;
  private final Clock clock;

  Announcements(MasterEvents events, RunnerListener listener, Clock clock) {
    this.events = events;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Fires {@code <tag>/<suffix>} and tells the listener; {@code data} gets the time, as it does in
   * Salt.
   */
  void fire(String tag, String suffix, Map<String, Object> data) {
    data.put("_stamp", STAMP.format(clock.instant().atOffset(ZoneOffset.UTC)));
    events.fire(tag + "/" + suffix, data);
    listener.heard(suffix, data);
  }

  /** Fires what became of a run that was refused; whoever started it knows. */
  void refused(String tag, Map<String, Object> data) {
    events.fire(tag + "/ret", data);
  }

  /** Where a function tells its steps: nowhere unless they are wanted. */
  Progress progress(Call call, boolean wanted) {
    return wanted ? step -> progress(call, step) : step -> {};
  }

  /** Tells how far the run has come that this call belongs to. */
  void progress(Call call, String message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("message", message);
    fire(Runners.TAG + call.publication().get("jid"), "progress", data);
  }
}

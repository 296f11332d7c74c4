package salt.master.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.job.Arguments;
import salt.common.job.Jid;

/** A job as listings show it. */
final class JobDescription {
  private JobDescription() {}

  /**
   * Describes a job.
   *
   * @param load its publish request, perhaps with {@code Minions}; null or empty when unknown
   */
  static Map<String, Object> of(String jid, Map<?, ?> load) {
    Map<String, Object> shown = describe(load);
    shown.put("StartTime", Jid.startTime(jid));
    return shown;
  }

  /** The same with the jid among its fields. */
  static Map<String, Object> withJid(String jid, Map<?, ?> load) {
    Map<String, Object> shown = describe(load);
    shown.put("JID", jid);
    shown.put("StartTime", Jid.startTime(jid));
    return shown;
  }

  private static Map<String, Object> describe(Map<?, ?> load) {
    Map<String, Object> shown = new LinkedHashMap<>();
    if (load == null || load.isEmpty()) {
      shown.put("Error", "Cannot contact returner or no job with this jid");
      return shown;
    }
    List<?> arg = load.get("arg") instanceof List<?> list ? list : List.of();
    shown.put("Function", field(load, "fun", "unknown-function"));
    shown.put("Arguments", arg);
    shown.put("Target", field(load, "tgt", "unknown-target"));
    shown.put("Target-type", field(load, "tgt_type", "list"));
    shown.put("User", field(load, "user", "root"));
    addMetadata(load, arg, shown);
    if (load.containsKey("Minions")) {
      shown.put("Minions", load.get("Minions"));
    }
    return shown;
  }

  private static Object field(Map<?, ?> load, String name, String fallback) {
    return load.containsKey(name) ? load.get(name) : fallback;
  }

  /** Metadata are a field of the request, of its keyword arguments, or of the function's. */
  private static void addMetadata(Map<?, ?> load, List<?> arg, Map<String, Object> shown) {
    if (load.containsKey("metadata")) {
      shown.put("Metadata", load.get("metadata"));
    } else if (load.get("kwargs") instanceof Map<?, ?> extra && extra.containsKey("metadata")) {
      shown.put("Metadata", extra.get("metadata"));
    } else {
      for (Object each : arg) {
        if (each instanceof Map<?, ?> named
            && Boolean.TRUE.equals(named.get(Arguments.MARK))
            && named.containsKey("metadata")) {
          shown.put("Metadata", named.get("metadata"));
          return;
        }
      }
    }
  }
}

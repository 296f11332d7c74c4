package salt.common.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;

/**
 * What a minion returns of a job: the load of a {@code _return}.
 *
 * @param id the minion
 * @param jid the job, or {@code req} when there was none before
 * @param fun the function: text, or a list for a multi-function job
 * @param value {@code return}: any value
 * @param retcode a number; for a multi-function job a map by function or a list
 * @param success a truth value, map or list likewise; null when absent, as from salt-call
 * @param more every other field, in order: {@code out}, {@code fun_args}, {@code user}, {@code
 *     metadata}, {@code sig} and so on
 */
public record JobReturn(
    String id,
    String jid,
    Object fun,
    Object value,
    Object retcode,
    Object success,
    Map<String, Object> more) {
  /** The jid of a return without a job; the master makes one up. */
  public static final String NO_JOB = "req";

  private static final List<String> ORDER =
      List.of(
          "cmd",
          "id",
          "success",
          "return",
          "out",
          "retcode",
          "jid",
          "fun",
          "fun_args",
          "user",
          "master_id",
          "metadata");

  /** Copies the other fields. */
  public JobReturn {
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /**
   * Reads the load of a {@code _return}; whether the id and the jid are well-formed is the
   * receiver's to check.
   *
   * @throws MalformedPayload when {@code return}, {@code jid} or {@code id} is missing
   */
  public static JobReturn read(Map<?, ?> load) {
    Fields fields = Fields.of("_return", load);
    if (!fields.has("return")) {
      throw new MalformedPayload("_return: field 'return' is missing");
    }
    return new JobReturn(
        fields.text("id"),
        fields.text("jid"),
        fields.any("fun"),
        fields.any("return"),
        fields.any("retcode"),
        fields.any("success"),
        fields.rest("id", "jid", "fun", "return", "retcode", "success"));
  }

  /** The outputter that the minion names, if any. */
  public Optional<String> out() {
    return more.get("out") instanceof String out ? Optional.of(out) : Optional.empty();
  }

  /** {@code fun_args}; empty when absent. */
  public List<?> functionArguments() {
    return more.get("fun_args") instanceof List<?> list ? list : List.of();
  }

  /**
   * One exit status for the whole job: the number itself, or the largest one of a multi-function
   * job; 0 when there is none.
   */
  public long exitStatus() {
    return exitStatus(retcode);
  }

  private static long exitStatus(Object retcode) {
    if (retcode instanceof Map<?, ?> map) {
      return map.values().stream().mapToLong(JobReturn::exitStatus).max().orElse(0);
    } else if (retcode instanceof List<?> list) {
      return list.stream().mapToLong(JobReturn::exitStatus).max().orElse(0);
    } else if (retcode instanceof Boolean failed) {
      return failed ? 1 : 0;
    }
    return retcode instanceof Number number ? number.longValue() : 0;
  }

  /** The load, its fields in Salt's order, others behind. */
  public Map<String, Object> write() {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put("id", id);
    if (success != null) {
      all.put("success", success);
    }
    all.put("return", value);
    if (retcode != null) {
      all.put("retcode", retcode);
    }
    all.put("jid", jid);
    if (fun != null) {
      all.put("fun", fun);
    }
    Map<String, Object> ordered = new LinkedHashMap<>();
    ORDER.forEach(
        name -> {
          if (all.containsKey(name)) {
            ordered.put(name, all.remove(name));
          }
        });
    ordered.putAll(all);
    return ordered;
  }
}

package salt.minion.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a state function came to.
 *
 * @param name what the state was about, as it returns it
 * @param result true when all is as wanted, false when it could not be made so, null when it would
 *     be changed but the run only tests
 * @param comment what happened, for the operator
 * @param changes what changed or, in a test, would change; empty when nothing does
 * @param more further fields that a state adds, such as {@code warnings} or {@code data}
 */
public record StateResult(
    String name,
    Boolean result,
    String comment,
    Map<String, Object> changes,
    Map<String, Object> more) {
  /** Keeps copies, in their order. */
  public StateResult {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /** All is as wanted already. */
  public static StateResult unchanged(String name, String comment) {
    return new StateResult(name, true, comment, Map.of(), Map.of());
  }

  /** Something was changed. */
  public static StateResult changed(String name, String comment, Map<String, Object> changes) {
    return new StateResult(name, true, comment, changes, Map.of());
  }

  /** A test: something would be changed. */
  public static StateResult wouldChange(String name, String comment, Map<String, Object> changes) {
    return new StateResult(name, null, comment, changes, Map.of());
  }

  /** It could not be made as wanted; nothing was changed. */
  public static StateResult failed(String name, String comment) {
    return new StateResult(name, false, comment, Map.of(), Map.of());
  }

  /** The same with a further field. */
  public StateResult with(String field, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(field, value);
    return new StateResult(name, result, comment, changes, all);
  }

  /** The fields as they are returned to the master. */
  public Map<String, Object> toMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("changes", changes);
    fields.put("result", result);
    fields.put("comment", comment);
    fields.putAll(more);
    return fields;
  }
}

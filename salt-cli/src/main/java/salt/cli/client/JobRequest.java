package salt.cli.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job to publish.
 *
 * @param target text, or for type {@code list} a list of ids
 * @param targetType as {@code tgt_type}
 * @param fun the function: text, or a list of several
 * @param arg its arguments; a list of such lists when there are several functions
 * @param timeout seconds that its returns are waited for before minions are asked about it
 * @param extra the {@code kwargs} of the request, such as {@code show_timeout}; empty for none
 */
public record JobRequest(
    Object target,
    String targetType,
    Object fun,
    List<Object> arg,
    int timeout,
    Map<String, Object> extra) {

  /** The same job for a list of minions. */
  public JobRequest forMinions(List<String> ids, Map<String, Object> otherExtra) {
    return new JobRequest(ids, "list", fun, arg, timeout, otherExtra);
  }

  /** The request as it is sent; the order is that of real Salt. */
  Map<String, Object> load(String user, String key) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "publish");
    load.put("tgt", target);
    load.put("fun", fun);
    load.put("arg", arg);
    load.put("key", key);
    load.put("tgt_type", targetType);
    load.put("ret", "");
    load.put("timeout", timeout);
    load.put("jid", "");
    if (!extra.isEmpty()) {
      load.put("kwargs", extra);
    }
    load.put("user", user);
    return load;
  }
}

package salt.minion.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fields of a return that repeat the publication. */
final class Returned {
  private static final Logger log = LoggerFactory.getLogger(Returned.class);
  private static final List<String> PASSED_ON = List.of("user", "master_id");

  private Returned() {}

  /** The return of a job that could not be run as asked. */
  static Map<String, Object> failed(Map<String, Object> publication, String why) {
    Map<String, Object> ret = new LinkedHashMap<>();
    ret.put("success", false);
    ret.put("return", why);
    ret.put("out", "nested");
    ret.put("retcode", 1L);
    return complete(ret, publication);
  }

  /** Adds the fields to a return that has the results. */
  static Map<String, Object> complete(Map<String, Object> ret, Map<String, Object> publication) {
    ret.put("jid", publication.get("jid"));
    ret.put("fun", publication.get("fun"));
    ret.put("fun_args", publication.get("arg"));
    for (String field : PASSED_ON) {
      if (publication.containsKey(field)) {
        ret.put(field, publication.get(field));
      }
    }
    if (publication.get("metadata") instanceof Map<?, ?> metadata) {
      ret.put("metadata", metadata);
    } else if (publication.containsKey("metadata")) {
      log.warn("job {}: the metadata are no map and are left out", publication.get("jid"));
    }
    return ret;
  }
}

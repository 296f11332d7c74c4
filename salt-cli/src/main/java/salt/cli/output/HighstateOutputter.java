package salt.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.PythonText;

/** The results of states, minion by minion, each with a summary. */
final class HighstateOutputter implements Outputter {
  private static final Logger LOG = LoggerFactory.getLogger(HighstateOutputter.class);

  @Override
  public String render(Object data, OutputOptions options) {
    return render(data, options, 1);
  }

  /**
   * Shows results of states.
   *
   * @param level how deep in orchestrations of orchestrations this is, from 1
   */
  static String render(Object data, OutputOptions options, int level) {
    Object results = unwrap(data);
    if (results instanceof String || results instanceof Long || results instanceof Boolean) {
      return PythonText.str(results);
    } else if (results == null) {
      return "None";
    } else if (!(results instanceof Map<?, ?> minions)) {
      throw new UnfitData("results of states are kept by minion");
    } else {
      return minions(withoutRetcode(minions), options, level);
    }
  }

  private static String minions(Map<?, ?> minions, OutputOptions options, int level) {
    Map<?, ?> shown =
        options.flag("state_compress_ids", false) ? StateCompression.compress(minions) : minions;
    if (shown.isEmpty()) {
      LOG.error("Data passed to highstate outputter is not a valid highstate return: {}", shown);
    }
    List<String> parts = new ArrayList<>();
    shown.forEach(
        (minion, result) -> parts.add(new HostReport(options, level).format(minion, result)));
    return String.join("\n", parts);
  }

  /** Takes results out of what runners and look-ups of jobs wrap around them. */
  private static Object unwrap(Object data) {
    Object inner = data;
    if (inner instanceof Map<?, ?> map && map.containsKey("return")) {
      inner = map.get("return");
    }
    if (inner instanceof Map<?, ?> map && map.containsKey("data")) {
      inner = map.get("data");
    }
    if (inner instanceof Map<?, ?> map
        && map.size() == 1
        && map.values().iterator().next() instanceof Map<?, ?> job
        && job.containsKey("jid")
        && job.containsKey("fun")) {
      Object result = job.get("return");
      return result instanceof Map<?, ?> wrapped && wrapped.containsKey("data")
          ? wrapped.get("data")
          : inner;
    }
    return inner;
  }

  /** An orchestration has its return code beside its one master. */
  private static Map<?, ?> withoutRetcode(Map<?, ?> data) {
    long masters =
        data.keySet().stream().filter(key -> PythonText.str(key).endsWith("_master")).count();
    if (masters != 1 || !data.containsKey("retcode")) {
      return data;
    }
    Map<Object, Object> rest = new LinkedHashMap<>(data);
    rest.remove("retcode");
    return rest;
  }
}

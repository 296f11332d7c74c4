package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.PythonError;
import salt.common.payload.Json;
import salt.common.testing.Recorded;
import salt.common.yaml.Yaml;

/** Runs recorded calls of a module against ours; one test a call. */
final class RecordedCalls {
  private final Map<?, ?> suite;

  RecordedCalls(String module) throws IOException {
    suite = Recorded.map("/conformance/modules/" + module + ".json");
  }

  /** All calls but those that {@code docs/conformance-modules.md} lists with their reasons. */
  Stream<DynamicTest> but(Set<String> listed) {
    return ((List<?>) suite.get("cases"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .filter(one -> !listed.contains(one.get("id")))
            .map(one -> DynamicTest.dynamicTest((String) one.get("id"), () -> check(one)));
  }

  private void check(Map<?, ?> one) {
    String fun = (String) one.get("call");
    FixedMinion minion = minion(one);
    Call call = new Call(fun, Map.of());
    List<?> args = (List<?>) one.get("args");
    Map<String, Object> kwargs = named((Map<?, ?>) one.get("kwargs"));
    kwargs.putAll(added(fun));
    if (one.get("expect") instanceof Map<?, ?> map
        && map.get("$exception") instanceof Map<?, ?> e) {
      RuntimeException failure =
          catchThrowableOfType(
              RuntimeException.class, () -> minion.functions().call(fun, args, kwargs, call));
      assertThat(failure).isNotNull();
      assertThat(described(failure, fun)).isEqualTo(e.get("type") + ": " + e.get("message"));
    } else {
      Object result = minion.functions().call(fun, args, kwargs, call);
      assertThat(asTravelled(result)).isEqualTo(one.get("expect"));
      assertThat(call.retcode() == null ? 0L : call.retcode().longValue())
          .isEqualTo(one.get("retcode"));
    }
  }

  /** A call that no function answers is a KeyError where it is looked up by name. */
  private static String described(RuntimeException failure, String fun) {
    if (failure instanceof PythonError error) {
      return error.type() + ": " + error.getMessage();
    }
    CallException exception = (CallException) failure;
    return switch (exception.kind()) {
      case NOT_AVAILABLE -> "KeyError: '" + fun + "'";
      case INVALID_ARGUMENTS -> "TypeError: " + exception.getMessage();
      case UNKNOWN_KEYWORDS, INVOCATION -> "SaltInvocationError: " + exception.getMessage();
      case EXECUTION -> "CommandExecutionError: " + exception.getMessage();
      case COMMAND_NOT_FOUND -> "CommandNotFoundError: " + exception.getMessage();
    };
  }

  private static Object asTravelled(Object result) {
    return Json.parse(Json.write(result));
  }

  /** What a job adds to the keyword arguments. */
  private static Map<String, Object> added(String fun) {
    Map<String, Object> added = new LinkedHashMap<>();
    added.put("__pub_fun", fun);
    added.put("__pub_pid", fun.equals("test.arg_type") ? (Object) 1L : "$PID");
    added.put("__pub_jid", "$JID");
    added.put("__pub_tgt", "salt-call");
    added.put("__pub_tgt_type", "glob");
    added.put("__pub_ret", "");
    added.put("__pub_arg", List.of());
    return added;
  }

  private FixedMinion minion(Map<?, ?> one) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("renderer", "jinja|yaml");
    options.put("state_top", "top.sls");
    options.put("top_file_merging_strategy", "merge");
    options.put("state_auto_order", true);
    options.put("failhard", false);
    options.put("test", false);
    options.put("hash_type", "sha256");
    options.put("backup_mode", "");
    options.putAll(named((Map<?, ?>) suite.get("defaults")));
    Map<String, Object> grains = named((Map<?, ?>) options.get("grains"));
    grains.put("id", options.get("id"));
    Map<String, Object> pillar = new LinkedHashMap<>();
    if (one.get("opts") instanceof Map<?, ?> changed) {
      options.putAll(named(changed));
    }
    Object own = one.get("files");
    if ((own == null ? suite.get("files") : own) instanceof Map<?, ?> files) {
      grains.putAll(yaml(files.get("conf/grains")));
      pillar.putAll(yaml(files.get("pillar/base/c.sls")));
    }
    return new FixedMinion(options, grains, pillar);
  }

  private static Map<String, Object> yaml(Object text) {
    return text == null ? Map.of() : named((Map<?, ?>) Yaml.load((String) text));
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((name, value) -> named.put((String) name, value));
    return named;
  }
}

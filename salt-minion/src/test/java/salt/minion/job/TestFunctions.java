package salt.minion.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.Function;
import salt.common.loader.Functions;

/** Functions that a test defines. */
final class TestFunctions implements Functions {
  private final Map<String, Body> bodies = new TreeMap<>();
  private final Map<String, Function> declared = new TreeMap<>();

  /** What a function does. */
  @FunctionalInterface
  interface Body {
    Object run(List<?> positional, Map<String, ?> keyword, Call call);
  }

  @Override
  public Functions with(Supplier<?> context) {
    return this;
  }

  TestFunctions with(String name, Body body) {
    return with(name, "", body);
  }

  TestFunctions with(String name, String outputter, Body body) {
    bodies.put(name, body);
    declared.put(
        name,
        new Function(
            name,
            List.of(),
            "The doc of " + name,
            List.of(Function.Parameter.positional("args"), Function.Parameter.optional("a", null)),
            outputter));
    return this;
  }

  @Override
  public SortedSet<String> names() {
    return new TreeSet<>(bodies.keySet());
  }

  @Override
  public SortedSet<String> modules() {
    return new TreeSet<>();
  }

  @Override
  public Optional<Function> find(String name) {
    return Optional.ofNullable(declared.get(name));
  }

  @Override
  public Optional<String> moduleDoc(String module) {
    return Optional.empty();
  }

  @Override
  public Object call(String name, List<?> positional, Map<String, ?> keyword, Call call) {
    if (!bodies.containsKey(name)) {
      throw new CallException(CallException.Kind.NOT_AVAILABLE, "'" + name + "' is not available.");
    }
    return bodies.get(name).run(positional, keyword, call);
  }

  /** A publication. */
  static Map<String, Object> job(String jid, Object fun, Object... arg) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("jid", jid);
    job.put("fun", fun);
    job.put("arg", List.of(arg));
    job.put("tgt", "*");
    job.put("tgt_type", "glob");
    job.put("ret", "");
    job.put("user", "root");
    return job;
  }
}

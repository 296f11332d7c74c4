package salt.minion.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import salt.common.config.ConfigLoader;
import salt.common.config.OptionCatalog;
import salt.common.config.Options;
import salt.common.config.Surroundings;
import salt.common.loader.CallException;
import salt.common.loader.PythonError;
import salt.common.payload.Json;
import salt.common.testing.Recorded;
import salt.common.yaml.Yaml;
import salt.minion.Caller;

/**
 * A recorded case of the state system: a tree of files, calls upon it as {@code salt-call --local}
 * makes them, and what real Salt returned and left on disk. Each runs in a directory of its own.
 */
public final class RecordedCase {
  private static final Map<String, Object> MACHINE =
      Map.of("kernel", "Linux", "os", "SUSE", "os_family", "Suse");

  private final Map<?, ?> defaults;
  private final Map<?, ?> recorded;
  private final Path root;

  private RecordedCase(Map<?, ?> defaults, Map<?, ?> recorded, Path root) {
    this.defaults = defaults;
    this.recorded = recorded;
    this.root = root;
  }

  /**
   * A test for each case of a file.
   *
   * @param file from the root of the class path, such as {@code /conformance/states/run/flow.json}
   * @param listed cases that {@code docs} list with the reason why they stay out
   */
  public static Stream<DynamicTest> tests(String file, Set<String> listed) {
    Map<?, ?> suite = Recorded.map(file);
    return ((List<?>) suite.get("cases"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .filter(one -> !listed.contains(one.get("id")))
            .map(
                one ->
                    DynamicTest.dynamicTest(
                        (String) one.get("id"), () -> run((Map<?, ?>) suite.get("defaults"), one)));
  }

  private static void run(Map<?, ?> defaults, Map<?, ?> recorded) throws IOException {
    Path root = Files.createTempDirectory("salt-case-").toRealPath();
    try {
      new RecordedCase(defaults, recorded, root).compare();
    } finally {
      CaseTree.delete(root);
    }
  }

  private void compare() throws IOException {
    CaseTree tree = new CaseTree(root);
    tree.write(recorded.get("files"));
    Map<String, Object> before = tree.read();
    Options options = options();
    try (Caller caller = Caller.local(options, grains(options), Clock.systemUTC())) {
      for (Map<?, ?> step : steps()) {
        if (((String) step.get("call")).startsWith("$")) {
          CaseTree.pretendJob(options, ((String) step.get("call")).split(" ", -1));
          continue;
        }
        compare(step, caller);
        Map<String, Object> after = tree.read();
        Object expected = step.get("tree") == null ? before : step.get("tree");
        Expected.of(root).compare("tree", expected, after);
        before = after;
      }
    }
  }

  private List<Map<?, ?>> steps() {
    List<Map<?, ?>> steps = new ArrayList<>();
    if (recorded.get("steps") instanceof List<?> several) {
      several.forEach(step -> steps.add((Map<?, ?>) step));
    } else {
      steps.add(recorded);
    }
    return steps;
  }

  private void compare(Map<?, ?> step, Caller caller) {
    CaseTree tree = new CaseTree(root);
    List<Object> arg = new ArrayList<>();
    if (step.get("args") instanceof List<?> args) {
      args.forEach(one -> arg.add(tree.placed(TypedValues.read(one))));
    }
    if (step.get("kwargs") instanceof Map<?, ?> kwargs && !kwargs.isEmpty()) {
      Map<Object, Object> named = new LinkedHashMap<>();
      kwargs.forEach((key, value) -> named.put(key, tree.placed(TypedValues.read(value))));
      named.put("__kwarg__", true);
      arg.add(named);
    }
    Object value;
    Object retcode = null;
    try {
      Caller.Called called = caller.call((String) step.get("call"), arg);
      value = called.value();
      retcode = called.retcode();
    } catch (PythonError e) {
      value = raised(e.type(), e.getMessage());
    } catch (CallException e) {
      value = raised(python(e), e.getMessage());
    }
    if (step.containsKey("expect")) {
      Expected.of(root).compare("return", step.get("expect"), value);
    }
    if (step.containsKey("retcode") && retcode != null) {
      assertThat(retcode).as("retcode").isEqualTo(step.get("retcode"));
    }
  }

  private static Map<String, Object> raised(String type, String message) {
    Map<String, Object> exception = new LinkedHashMap<>();
    exception.put("type", type);
    exception.put("message", message);
    return Map.of("$exception", exception);
  }

  private static String python(CallException e) {
    return switch (e.kind()) {
      case NOT_AVAILABLE -> "KeyError";
      case INVALID_ARGUMENTS -> "TypeError";
      case UNKNOWN_KEYWORDS, INVOCATION -> "SaltInvocationError";
      case EXECUTION -> "CommandExecutionError";
      case COMMAND_NOT_FOUND -> "CommandNotFoundError";
    };
  }

  /** The options as a minion loads them from its file. */
  private Options options() throws IOException {
    Map<Object, Object> all = new LinkedHashMap<>(defaults);
    if (recorded.get("opts") instanceof Map<?, ?> own) {
      all.putAll(own);
    }
    CaseTree tree = new CaseTree(root);
    Path folder = Files.createDirectories(root.resolve("conf"));
    Files.writeString(
        folder.resolve("minion"), Json.write(tree.placed(TypedValues.read(all))) + "\n");
    ConfigLoader loader =
        new ConfigLoader(OptionCatalog.read(), Surroundings.ofThisProcess("salt-call"), Set.of());
    return loader.minion(folder).options();
  }

  private Supplier<Map<String, Object>> grains(Options options) {
    return () -> {
      Map<String, Object> grains = new LinkedHashMap<>(MACHINE);
      grains.put("id", options.text("id"));
      lay(grains, fixed());
      lay(grains, options.map("grains"));
      return grains;
    };
  }

  private Map<?, ?> fixed() {
    Path file = root.resolve("conf/grains");
    try {
      Object loaded = Files.exists(file) ? Yaml.load(Files.readString(file)) : Map.of();
      return loaded instanceof Map<?, ?> grains ? grains : Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void lay(Map<String, Object> grains, Map<?, ?> upper) {
    upper.forEach((name, value) -> grains.put(String.valueOf(name), value));
  }
}

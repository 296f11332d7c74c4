package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import salt.common.loader.Call;
import salt.common.testing.Recorded;

/** Recorded calls of real Salt's execution modules, each on a fresh minion and file tree. */
final class ModuleConformance {
  private final Map<?, ?> suite;
  private final Path scratch;

  ModuleConformance(String name, Path scratch) throws IOException {
    this.suite = Recorded.map("/conformance/modules/" + name);
    this.scratch = scratch;
  }

  /** One test a case, but for those that the documentation lists by {@code left}. */
  Stream<DynamicTest> tests(Collection<String> left) {
    return ((List<?>) suite.get("cases"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .filter(one -> !left.contains(one.get("id")))
            .map(one -> DynamicTest.dynamicTest((String) one.get("id"), () -> run(one)));
  }

  private void run(Map<?, ?> recorded) throws IOException {
    Path root = Files.createDirectories(scratch.resolve((String) recorded.get("id")));
    Files.createDirectories(root.resolve("w"));
    Map<?, ?> one = (Map<?, ?>) rooted(recorded, root);
    for (Map.Entry<?, ?> file : ((Map<?, ?>) one.get("files")).entrySet()) {
      write(root.resolve((String) file.getKey()), file.getValue());
    }
    Call call = TestMinion.jobOf((String) one.get("call"));
    Object result = result(minion(one, root), one, call);
    assertThat(masked(one.get("expect"), result)).isEqualTo(one.get("expect"));
    if (one.get("retcode") != null) {
      long retcode = call.retcode() == null ? 0 : call.retcode();
      assertThat(retcode).isEqualTo(one.get("retcode"));
    }
    if (one.get("tree") instanceof Map<?, ?> tree) {
      assertThat(tree(root)).isEqualTo(tree);
    }
  }

  private TestMinion minion(Map<?, ?> one, Path root) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("cachedir", root + "/root/var/cache/salt/minion");
    ((Map<?, ?>) rooted(suite.get("defaults"), root))
        .forEach((name, value) -> options.put((String) name, value));
    if (one.get("opts") instanceof Map<?, ?> opts) {
      opts.forEach((name, value) -> options.put((String) name, value));
    }
    return new TestMinion(options);
  }

  private static Object result(TestMinion minion, Map<?, ?> one, Call call) {
    Map<String, Object> keyword = new LinkedHashMap<>();
    ((Map<?, ?>) one.get("kwargs")).forEach((name, value) -> keyword.put((String) name, value));
    try {
      return minion.call(call.fun(), (List<?>) one.get("args"), keyword, call);
    } catch (RuntimeException e) {
      Object type =
          one.get("expect") instanceof Map<?, ?> expected
                  && expected.get("$exception") instanceof Map<?, ?> exception
              ? exception.get("type")
              : e.toString();
      Map<String, Object> exception = new LinkedHashMap<>();
      exception.put("type", type);
      exception.put("message", e.getMessage());
      return Map.of("$exception", exception);
    }
  }

  /** The result with a process id replaced where any is expected. */
  private static Object masked(Object expected, Object result) {
    if (result instanceof Map<?, ?> map
        && expected instanceof Map<?, ?> wanted
        && "$PID".equals(wanted.get("pid"))
        && map.get("pid") instanceof Long) {
      Map<Object, Object> masked = new LinkedHashMap<>(map);
      masked.put("pid", "$PID");
      return masked;
    }
    return result;
  }

  private static Object rooted(Object value, Path root) {
    if (value instanceof String text) {
      return text.replace("$ROOT", root.toString());
    } else if (value instanceof List<?> list) {
      return list.stream().map(item -> rooted(item, root)).collect(Collectors.toList());
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> rooted = new LinkedHashMap<>();
      map.forEach((key, item) -> rooted.put(key, rooted(item, root)));
      return rooted;
    }
    return value;
  }

  private static void write(Path path, Object file) throws IOException {
    Files.createDirectories(path.getParent());
    if (file instanceof String text) {
      Files.writeString(path, text);
      return;
    }
    Map<?, ?> fields = (Map<?, ?>) file;
    if ("dir".equals(fields.get("type"))) {
      Files.createDirectories(path);
    } else if ("link".equals(fields.get("type"))) {
      Files.createSymbolicLink(path, Path.of((String) fields.get("target")));
    } else {
      Files.writeString(path, (String) fields.get("content"));
    }
  }

  private static Map<String, Object> tree(Path root) throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root.resolve("w"))) {
      all.skip(1).forEach(paths::add);
    }
    for (Path path : paths) {
      Map<String, Object> entry = new LinkedHashMap<>();
      boolean directory = Files.isDirectory(path);
      entry.put("type", directory ? "dir" : "file");
      entry.put("mode", mode(path));
      if (!directory) {
        entry.put("content", Files.readString(path));
      }
      tree.put(root.relativize(path).toString(), entry);
    }
    return tree;
  }

  private static String mode(Path path) throws IOException {
    int bits = (int) Files.getAttribute(path, "unix:mode") & 07777;
    return "%04o".formatted(bits);
  }
}

package salt.common.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import salt.common.payload.Fields;
import salt.common.payload.Json;

/**
 * What real Salt did, recorded as JSON files among the resources of tests. Files are named from the
 * root of the class path, such as {@code /conformance/yaml/strings.json}.
 */
public final class Recorded {
  private Recorded() {}

  /** Compares one case with what ours does. */
  @FunctionalInterface
  public interface Check {
    /** Fails by any exception or error when ours does something else. */
    void compare(Fields recorded) throws Exception;
  }

  /** A file that holds one map. */
  public static Map<?, ?> map(String file) {
    return (Map<?, ?>) value(file);
  }

  /** As {@link #map}, with its fields checked. */
  public static Fields fields(String file) {
    return Fields.require(file, value(file));
  }

  /** A file, whatever it holds. */
  public static Object value(String file) {
    try (InputStream in = Recorded.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + file + " among the test resources");
      }
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** The maps of a list in a file. */
  public static List<Fields> rows(String file, String list) {
    return fields(file).list(list).stream().map(row -> Fields.require(file, row)).toList();
  }

  /** A test for each of the {@code cases} in a file, by its {@code id}. */
  public static Stream<DynamicTest> tests(String file, Check check) {
    return rows(file, "cases").stream()
        .map(row -> DynamicTest.dynamicTest(row.text("id"), () -> check.compare(row)));
  }

  /** The tests of several files in a folder, each in a container of its name. */
  public static Stream<DynamicContainer> suites(String folder, List<String> names, Check check) {
    return names.stream()
        .map(
            name ->
                DynamicContainer.dynamicContainer(
                    name, tests(folder + "/" + name + ".json", check)));
  }
}

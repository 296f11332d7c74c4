package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import salt.common.config.OptionCatalog.Entry;
import salt.common.config.OptionCatalog.Side;
import salt.common.yaml.Yaml;

/** The samples in {@code conf/} show every option with the default and the words of the table. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleConfigTest {
  private static final Pattern OPTION = Pattern.compile("(?m)^#([a-z0-9_.]+): (.*)$");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^((?:#   .*\\n)+)");

  @TempDir Path folder;

  private final OptionCatalog catalog = OptionCatalog.read();
  private final Surroundings surroundings =
      new Surroundings(
          "salt-test",
          Map.of(),
          "root",
          Path.of("/root"),
          Path.of("/"),
          TestSurroundings.in(Path.of("/root")).hostNames());

  private static Stream<Side> sides() {
    return Stream.of(Side.values());
  }

  private static String name(Side side) {
    return side == Side.MASTER ? "master" : "minion";
  }

  private static String sample(Side side) throws IOException {
    return Files.readString(Path.of("..", "conf", name(side)));
  }

  private static Map<String, Object> documented(String sample) {
    Map<String, Object> options = new LinkedHashMap<>();
    Matcher matcher = OPTION.matcher(sample);
    while (matcher.find()) {
      Object value = Yaml.load(matcher.group(2));
      assertThat(options.put(matcher.group(1), value)).as(matcher.group(1)).isNull();
    }
    return options;
  }

  @ParameterizedTest
  @MethodSource("sides")
  void every_default_is_that_of_the_table(Side side) throws IOException {
    assertThat(new TreeMap<>(documented(sample(side))))
        .isEqualTo(new TreeMap<>(catalog.defaults(side, surroundings)));
  }

  @ParameterizedTest
  @MethodSource("sides")
  void every_known_option_is_named_and_described(Side side) throws IOException {
    String words = sample(side).replaceAll("\\n# ", " ");
    List<String> missing = new ArrayList<>();
    for (Entry entry : catalog.entries()) {
      if (entry.belongsTo(side)
          && (!words.matches("(?s).*[ #]" + Pattern.quote(entry.name()) + "\\b.*")
              || !words.contains(description(entry)))) {
        missing.add(entry.name());
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String description(Entry entry) {
    String words = entry.description();
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void a_sample_loads_without_problems(Side side) throws IOException {
    assertThat(load(side, sample(side)).problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sides")
  void a_sample_loads_without_problems_with_every_default_taken_in(Side side) throws IOException {
    String all = sample(side).replaceAll("(?m)^#(?=[a-z0-9_.]+: )", "");
    String here = all.replaceAll("(?m)^root_dir: .*$", "root_dir: " + folder);
    assertThat(load(side, here).problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sides")
  void every_example_loads_without_problems(Side side) throws IOException {
    Matcher matcher = EXAMPLE.matcher(sample(side));
    StringBuilder examples = new StringBuilder("root_dir: " + folder + "\n");
    while (matcher.find()) {
      examples.append(matcher.group().replaceAll("(?m)^#   ", ""));
    }
    List<String> problems =
        load(side, examples.toString()).problems().stream().map(Problem::message).toList();
    assertThat(problems)
        .allMatch(
            message ->
                message.startsWith("include: no file matches")
                    || message.startsWith("environment: the option is called saltenv now"));
  }

  private LoadedConfig load(Side side, String text) throws IOException {
    Files.writeString(folder.resolve(name(side)), text);
    ConfigLoader loader = new ConfigLoader(catalog, surroundings, catalog.namesWithoutEffect());
    if (side == Side.MASTER) {
      return loader.master(folder);
    }
    // Without an id it would be looked for in the folders of this machine.
    String id = Pattern.compile("(?m)^id: \\w").matcher(text).find() ? "" : "\nid: web1\n";
    String withoutEmptyId = text.replaceAll("(?m)^id: \"\"$", "");
    Files.writeString(folder.resolve("minion"), withoutEmptyId + id);
    return loader.minion(folder);
  }
}

package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import salt.common.config.OptionCatalog.Side;
import salt.common.testing.Recorded;

/** The table of options is that of Salt 3006.0, but for what 3006.28 changed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OptionCatalogTest {
  /** Options of 3006.0 that 3006.28 has no more. */
  private static final Map<Side, Set<String>> GONE =
      Map.of(
          Side.MASTER, Set.of("ssh_keepalive", "ssh_keepalive_interval", "ssh_keepalive_count_max"),
          Side.MINION, Set.of("server_id_use_crc"));

  /** Options that came after 3006.0. */
  private static final Map<Side, Set<String>> NEW =
      Map.of(
          Side.MASTER,
          Set.of(
              "features",
              "minimum_auth_version",
              "publish_drain_timeout",
              "publish_signing_algorithm",
              "publish_timeout",
              "request_server_aes_session",
              "request_server_ttl"),
          Side.MINION,
          Set.of(
              "auth_retries",
              "encryption_algorithm",
              "features",
              "minion_memory_headroom",
              "minion_memory_max",
              "request_channel_timeout",
              "request_channel_tries",
              "signing_algorithm",
              "syndic_retries",
              "winrepo_installer_cache_expire"));

  /** Options whose default or type 3006.28 changed, or whose default depends on the machine. */
  private static final Map<Side, Set<String>> CHANGED =
      Map.of(
          Side.MASTER,
          Set.of("ipc_write_buffer", "ssh_config_file", "user"),
          Side.MINION,
          Set.of("ipc_write_buffer", "master_tries", "state_queue", "user", "zmq_monitor"));

  private final OptionCatalog catalog = OptionCatalog.read();
  private final Surroundings surroundings = TestSurroundings.in(Path.of("/home/fred"));

  static Stream<Arguments> recorded() throws IOException {
    return Stream.concat(
        options("master").map(option -> Arguments.of(Side.MASTER, option.get("name"), option)),
        options("minion").map(option -> Arguments.of(Side.MINION, option.get("name"), option)));
  }

  private static Stream<Map<?, ?>> options(String file) throws IOException {
    return ((List<?>) Recorded.map("/salt/common/config/" + file + ".json").get("options"))
        .stream().map(Map.class::cast);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("recorded")
  void an_option_has_the_recorded_type_and_default(Side side, String name, Map<?, ?> recorded) {
    OptionCatalog.Entry entry = catalog.entry(name);
    if (GONE.get(side).contains(name)) {
      assertThat(entry == null || !entry.hasDefault(side)).isTrue();
      return;
    }
    boolean same =
        entry.types().equals(types(recorded.get("type")))
            && equal(entry.defaultValue(side, surroundings), recorded.get("default"));
    assertThat(same).isEqualTo(!CHANGED.get(side).contains(name));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("recordedElsewhere")
  void an_option_without_default_has_the_recorded_type(Map<?, ?> recorded, String name) {
    assertThat(catalog.entry(name).types()).isEqualTo(types(recorded.get("type")));
  }

  static Stream<Arguments> recordedElsewhere() throws IOException {
    return options("other_valid").map(option -> Arguments.of(option, option.get("name")));
  }

  @ParameterizedTest
  @MethodSource("sides")
  void no_other_option_has_a_default(Side side) throws IOException {
    Set<Object> known =
        options(side == Side.MASTER ? "master" : "minion")
            .map(option -> option.get("name"))
            .collect(Collectors.toSet());
    Set<String> added =
        catalog.entries().stream()
            .filter(entry -> entry.hasDefault(side) && !known.contains(entry.name()))
            .map(OptionCatalog.Entry::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(added).isEqualTo(new TreeSet<>(NEW.get(side)));
  }

  static Stream<Side> sides() {
    return Stream.of(Side.values());
  }

  @Test
  void what_changed_after_3006_0_has_its_new_default() {
    assertThat(catalog.entry("master_tries").defaultValue(Side.MINION, surroundings)).isEqualTo(1L);
    assertThat(catalog.entry("zmq_monitor").defaultValue(Side.MINION, surroundings))
        .isEqualTo(false);
    assertThat(catalog.entry("state_queue").types()).containsExactly(ValueType.INT, ValueType.BOOL);
    assertThat(catalog.entry("user").defaultValue(Side.MASTER, surroundings)).isEqualTo("fred");
    assertThat(catalog.entry("ssh_config_file").defaultValue(Side.MASTER, surroundings))
        .isEqualTo("/home/fred/.ssh/config");
    assertThat(catalog.entry("ipc_write_buffer").defaultValue(Side.MASTER, surroundings))
        .isEqualTo(0L);
  }

  private static Set<ValueType> types(Object recorded) {
    List<?> names =
        recorded instanceof List<?> list ? list : recorded == null ? List.of() : List.of(recorded);
    return names.stream()
        .map(name -> name.equals("string") ? "text" : name.equals("none") ? "null" : name)
        .map(name -> ValueType.named((String) name))
        .collect(Collectors.toSet());
  }

  private static boolean equal(Object ours, Object recorded) {
    if (ours instanceof Number one && recorded instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    return ours == null ? recorded == null : ours.equals(recorded);
  }
}

package salt.common.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.pattern.PatternProblem;
import salt.common.payload.Fields;
import salt.common.testing.Recorded;

/**
 * What real Salt did with the targets of the suite in {@code conformance/target}: preparation by
 * the client, match by each minion, check by the master.
 *
 * <p>The suite was recorded with 3006.0. Where 3006.28 differs, {@code newer.json} has its result.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TargetConformanceTest {
  private static final List<String> TYPES =
      List.of(
          "compound",
          "compound_pillar_exact",
          "glob",
          "grain",
          "grain_pcre",
          "ipcidr",
          "list",
          "nodegroup",
          "pcre",
          "pillar",
          "pillar_exact",
          "pillar_pcre");

  private final Fields fleets =
      Fields.of("fleets", Recorded.map("/conformance/target/fleets.json"));
  private final Map<?, ?> newer =
      (Map<?, ?>) Recorded.map("/conformance/target/newer.json").get("master");

  @TestFactory
  Stream<DynamicTest> real_salt_gives_the_same() {
    return TYPES.stream()
        .flatMap(
            type ->
                ((List<?>) Recorded.map("/conformance/target/" + type + ".json").get("cases"))
                    .stream())
        .map(item -> new Case(Fields.require("case", item)))
        .map(each -> DynamicTest.dynamicTest(each.name(), each::check));
  }

  @ParameterizedTest
  @ValueSource(ints = {586})
  void the_suite_is_complete(int cases) {
    assertThat(real_salt_gives_the_same()).hasSize(cases);
  }

  private final class Case {
    private final Fields fields;
    private final Fields expect;
    private final Map<?, ?> nodegroups;
    private final Fleet fleet;

    Case(Fields fields) {
      this.fields = fields;
      this.expect = Fields.of("expect", fields.map("expect"));
      Object groups = fields.any("nodegroups");
      this.nodegroups =
          groups instanceof String name
              ? (Map<?, ?>) fleets.map("nodegroups").get(name)
              : groups == null ? Map.of() : (Map<?, ?>) groups;
      this.fleet = new Fleet((Map<?, ?>) fleets.map("fleets").get(fields.text("fleet")));
    }

    String name() {
      return fields.text("id") + " " + fields.any("target");
    }

    void check() {
      if (expect.has("send_error")) {
        Fields error = Fields.of("send_error", expect.map("send_error"));
        assertThatThrownBy(this::prepared)
            .isInstanceOf(TargetProblem.class)
            .hasMessage(
                error.text("type").equals("TypeError")
                    ? "Nodegroup 'numlist': '1' is not text"
                    : error.text("message"));
        return;
      }
      PreparedTarget sent = prepared();
      Map<String, Object> changed = new LinkedHashMap<>();
      changed.put("tgt", sent.target());
      changed.put("tgt_type", sent.type());
      assertThat(changed)
          .isEqualTo(
              expect.has("sent")
                  ? expect.map("sent")
                  : Map.of("tgt", fields.any("target"), "tgt_type", fields.text("tgt_type")));
      checkMinions(sent);
      checkMaster(sent);
    }

    private PreparedTarget prepared() {
      return PreparedTarget.prepare(
          fields.any("target"), fields.text("tgt_type"), nodegroups, "$CONF");
    }

    private void checkMinions(PreparedTarget sent) {
      List<Object> matching = new ArrayList<>();
      String error = null;
      try {
        Target target =
            Target.parse(sent.target(), sent.type(), fields.text("delimiter", ":"), Map.of());
        fleet.minions.values().stream().filter(target::matches).forEach(m -> matching.add(m.id()));
      } catch (PatternProblem e) {
        error = "error: " + e.getMessage();
      } catch (TargetProblem e) {
        error = e.getMessage();
      }
      assertThat(matching).isEqualTo(expect.list("minion"));
      if (expect.has("minion_errors")) {
        assertThat(error).startsWith((String) expect.map("minion_errors").get("*"));
      }
    }

    private void checkMaster(PreparedTarget sent) {
      ExpectedMinions found =
          new TargetCheck(fleet, nodegroups, fleet.dataCache)
              .check(
                  sent.target(),
                  sent.type(),
                  fields.text("delimiter", ":"),
                  fields.flag("greedy", true));
      Object recorded = newer.get(fields.text("id"));
      Fields master =
          Fields.of("master", recorded == null ? expect.map("master") : (Map<?, ?>) recorded);
      assertThat(sorted(found.minions(), sent)).isEqualTo(master.list("minions"));
      assertThat(sorted(found.missing(), sent)).isEqualTo(master.list("missing"));
    }

    private List<String> sorted(List<String> ids, PreparedTarget sent) {
      return sent.type().equals("list") ? ids : ids.stream().sorted().toList();
    }
  }

  private static final class Fleet implements KnownMinions {
    private final Map<String, Minion> minions = new LinkedHashMap<>();
    private final List<String> accepted = new ArrayList<>();
    private final boolean dataCache;

    Fleet(Map<?, ?> map) {
      Fields fields = Fields.of("fleet", map);
      fields
          .map("minions")
          .forEach(
              (id, item) -> {
                Fields minion = Fields.require("minion", item);
                minions.put(
                    (String) id,
                    new Minion((String) id, minion.map("grains"), minion.map("pillar")));
              });
      accepted.addAll(minions.keySet());
      fields.list("uncached").forEach(id -> accepted.add((String) id));
      accepted.sort(String::compareToIgnoreCase);
      dataCache =
          Fields.of("master_opts", fields.map("master_opts")).flag("minion_data_cache", true);
    }

    @Override
    public Collection<String> accepted() {
      return accepted;
    }

    @Override
    public Set<String> cached() {
      return new HashSet<>(minions.keySet());
    }

    @Override
    public Minion data(String id) {
      return minions.get(id);
    }
  }
}

package salt.common.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.pattern.PatternProblem;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TargetTest {
  private static final Minion WEB =
      new Minion("web1", Map.of("os", "Rocky", "ports", Map.of(80L, "http")), Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"range", "nope", "compound_pillar_exact"})
  void a_type_that_a_minion_cannot_match_is_refused(String type) {
    assertThatThrownBy(() -> Target.parse("x", type, ":", Map.of()))
        .isInstanceOf(TargetProblem.class);
  }

  @Test
  void a_range_says_why_it_is_refused() {
    ExpectedMinions expected = new TargetCheck(fleet(3), Map.of(), true).check("%x", "range");
    assertThat(expected.minions()).isEmpty();
    assertThat(expected.problem()).contains("range targets are not supported");
  }

  @ParameterizedTest
  @CsvSource({
    "ports:80:http, true",
    "ports:80:ftp, false",
    "ports:0x50:http, true",
    "'os :rocky', true",
    "os:[, false"
  })
  void keys_that_are_no_text_are_found_as_YAML_reads_them(String target, boolean matches) {
    assertThat(Target.parse(target, "grain", ":", Map.of()).matches(WEB)).isEqualTo(matches);
  }

  @Test
  void an_empty_delimiter_is_refused() {
    assertThatThrownBy(() -> Target.parse("os:x", "grain", "", Map.of()))
        .isInstanceOf(TargetProblem.class)
        .hasMessage("the delimiter of a target is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "( ), false",
    "not ( ), true",
    "web* or web1 ( x ), true",
    "web1 ( x ), false",
    "not web1 ( x ), false",
    "x and web1 ( x ), false",
    "not not web1, false",
    "web1 web1, false",
    "not ( x or y ) and web1, true",
    "S@bad or web1, true",
    "G@os:Rocky and not S@bad, true"
  })
  void odd_compound_targets_have_the_result_that_Python_gives(String target, boolean matches) {
    assertThat(Target.compound(target, Map.of()).matches(WEB)).isEqualTo(matches);
  }

  @Test
  void a_minion_can_resolve_nodegroups_itself() {
    Map<String, Object> groups = Map.of("webs", "web* or N@dbs", "dbs", List.of("db1", "db2"));
    assertThat(Target.parse("webs", "nodegroup", ":", groups).matches(WEB)).isTrue();
    assertThat(Target.compound("N@dbs", groups).matches(WEB)).isFalse();
    assertThat(Target.parse("nope", "nodegroup", ":", groups).matches(WEB)).isFalse();
  }

  @Test
  void ten_thousand_minions_are_checked_with_one_parsed_target() {
    TargetCheck check = new TargetCheck(fleet(10_000), Map.of(), true);
    long begin = System.nanoTime();
    assertThat(check.check("G@os:Rocky and E@m.*7$ or not I@role:web*", "compound").minions())
        .hasSize(6_000);
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
  }

  @Test
  void a_pattern_that_runs_away_expects_nobody_and_says_so() {
    TargetCheck check = new TargetCheck(fleet(10_000), Map.of(), true);
    for (String type : List.of("grain_pcre", "compound")) {
      String pattern = "long:(a+)+$";
      ExpectedMinions expected =
          check.check(type.equals("compound") ? "m* or P@" + pattern : pattern, type);
      assertThat(expected.minions()).isEmpty();
      assertThat(expected.problem()).contains("takes too long");
    }
  }

  @Test
  void stars_below_stars_do_not_multiply_without_end() {
    Map<String, Object> deep = new LinkedHashMap<>();
    for (int level = 0; level < 20; level++) {
      deep = new LinkedHashMap<>(Map.of("a", deep, "b", new LinkedHashMap<>(deep)));
      if (level > 10) {
        deep.remove("b");
      }
    }
    Minion minion = new Minion("m", Map.of("x", deep), Map.of());
    Target target = Target.parse("x:" + "*:".repeat(60) + "nope", "grain", ":", Map.of());
    assertThatThrownBy(() -> target.matches(minion)).isInstanceOf(PatternProblem.class);
  }

  @Test
  void a_target_of_too_many_levels_is_refused() {
    assertThatThrownBy(() -> Target.parse("a:".repeat(200), "grain", ":", Map.of()))
        .isInstanceOf(TargetProblem.class)
        .hasMessage("a target has more than 100 levels");
  }

  @Test
  void parentheses_may_not_nest_without_end() {
    String target = "( ".repeat(50_000) + "web1" + " )".repeat(50_000);
    assertThat(Target.compound(target, Map.of()).matches(WEB)).isFalse();
    assertThat(new TargetCheck(fleet(1), Map.of(), true).check(target, "compound").problem())
        .isNotNull();
  }

  /** Minions m0, m1, ...: every other one Rocky, all webs, each with a long grain. */
  private static KnownMinions fleet(int size) {
    Map<String, Minion> minions = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Map<String, Object> grains = Map.of("os", i % 2 == 0 ? "Debian" : "Rocky", "long", LONG);
      Map<String, Object> pillar = Map.of("role", i % 2 == 0 ? "db" : "web");
      minions.put("m" + i, new Minion("m" + i, grains, pillar));
    }
    return new KnownMinions() {
      @Override
      public Collection<String> accepted() {
        return new ArrayList<>(minions.keySet());
      }

      @Override
      public Set<String> cached() {
        return minions.keySet();
      }

      @Override
      public Minion data(String id) {
        return minions.get(id);
      }
    };
  }

  private static final String LONG = "a".repeat(40) + "!";
}

package salt.common.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class YamlTest {
  @Test
  void nothing_but_comments_is_null() {
    assertThat(Yaml.load("# nothing\n")).isNull();
  }

  @Test
  void a_directive_without_a_document_is_refused() {
    assertThatThrownBy(() -> Yaml.load("# first\n%x"))
        .isInstanceOf(YamlProblem.class)
        .hasMessage("expected '<document start>', but found '<stream end>'");
  }

  @Test
  void what_libyaml_reads_is_read() {
    assertThat(Yaml.load("a:\tb\nc: \t d\n")).isEqualTo(Map.of("a", "b", "c", "d"));
    assertThat(Yaml.load("a: [http://x/y?z=1, 'p?q', ?]").toString())
        .isEqualTo("{a=[http://x/y?z=1, p?q, {null=null}]}");
    assertThat(Yaml.load("{\"a\": \"x\\/y\\/z\", 'b': \"\\/\", c: '\\/'}"))
        .isEqualTo(Map.of("a", "x/y/z", "b", "/", "c", "\\/"));
  }

  @Test
  void a_tab_before_a_key_is_refused_at_its_place() {
    assertThatThrownBy(() -> Yaml.load("a:\n\tb: 1\n"))
        .isInstanceOfSatisfying(
            YamlProblem.class,
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.column()).isEqualTo(1);
              assertThat(problem.renderError()).isEqualTo("Illegal tab character");
              assertThat(problem.text("/etc/salt/minion"))
                  .contains("in \"/etc/salt/minion\", line 2, column 1:\n    \tb: 1\n    ^");
            });
  }

  @Test
  void a_list_that_holds_itself_is_refused() {
    assertThatThrownBy(() -> Yaml.load("a: &x [*x]"))
        .isInstanceOf(YamlProblem.class)
        .hasMessageContaining("inside of its anchor");
  }

  @Test
  void a_document_that_nests_without_end_is_refused() {
    assertThatThrownBy(() -> Yaml.load("[".repeat(5000)))
        .isInstanceOf(YamlProblem.class)
        .hasMessageContaining("deeper");
  }

  @Test
  void many_references_to_one_value_cost_nothing() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(Yaml.load(text.toString())).isInstanceOf(Map.class);
  }

  @Test
  void long_lines_cost_no_more_than_short_ones() {
    String items = "item, ".repeat(50_000);
    assertThat((List<?>) Yaml.load("[" + items + "]")).hasSize(50_000);
  }

  @Test
  void all_keys_that_python_takes_for_one_are_refused() {
    assertThatThrownBy(() -> Yaml.load("1: a\ntrue: b\n"))
        .isInstanceOf(YamlProblem.class)
        .hasMessage("found conflicting ID 'True'");
  }
}

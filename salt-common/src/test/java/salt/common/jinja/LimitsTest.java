package salt.common.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.jinja.filter.Filters;
import salt.common.jinja.syntax.Delimiters;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitsTest {
  private static TemplateProblem problem(Limits limits, String template, TemplateLoader loader) {
    Environment environment =
        new Environment(
            Delimiters.STANDARD, Filters.salt(), false, limits, UnaryOperator.identity());
    TemplateLoader.Source source = new TemplateLoader.Source("top", "/top", template, Map.of());
    return catchThrowableOfType(
        TemplateProblem.class, () -> environment.render(source, Map.of(), loader, Map.of()));
  }

  private static TemplateProblem problem(Limits limits, String template) {
    return problem(limits, template, TemplateLoader.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(x) %}{{ f([x]) }}{% endmacro %}{{ f(1) }}",
        "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}"
      })
  void endless_recursion_is_an_error(String template) {
    TemplateProblem problem = problem(Limits.STANDARD, template);

    assertThat(problem.exception()).isEqualTo("RecursionError");
  }

  @Test
  void templates_that_include_each_other_are_an_error() {
    TemplateLoader loader =
        (name, from) ->
            Optional.of(new TemplateLoader.Source(name, name, "{% include 'other' %}", Map.of()));

    assertThat(problem(Limits.STANDARD, "{% include 'a' %}", loader).exception())
        .isEqualTo("RecursionError");
  }

  @Test
  void a_template_that_takes_too_long_is_given_up() {
    Limits limits = new Limits(1_000_000, 200, Duration.ofMillis(50));
    String loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";

    assertThat(problem(limits, loops).exception()).isEqualTo("TimeoutError");
  }

  @Test
  void a_result_that_is_too_long_is_an_error() {
    Limits limits = new Limits(1000, 200, Duration.ofMinutes(1));

    assertThat(problem(limits, "{% for i in range(999) %}0123456789{% endfor %}").exception())
        .isEqualTo("MemoryError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'x' * 10000000000 }}",
        "{{ [0] * 10000000000 }}",
        "{{ 10 ** 10000000000 }}",
        "{{ '%99999999d' % 1 }}",
        "{{ '{:99999999}'.format('x') }}",
        "{{ 'x'.center(1000000000) }}",
        "{% set n = namespace(x='a') %}{% for i in range(99) %}{% set n.x = [n.x]|string %}{% endfor %}",
        "{{ ('x' * 1000000).replace('x', 'y' * 1000) }}"
      })
  void a_value_that_is_too_large_is_not_made(String template) {
    assertThat(problem(Limits.STANDARD, template).exception()).isEqualTo("MemoryError");
  }

  @Test
  void deeply_nested_templates_are_refused() {
    String nested = "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}";

    assertThat(problem(Limits.STANDARD, nested).kind()).isEqualTo(TemplateProblem.Kind.SYNTAX);
    assertThat(problem(Limits.STANDARD, "{% if 1 %}".repeat(5000)).kind())
        .isEqualTo(TemplateProblem.Kind.SYNTAX);
  }

  @Test
  void an_expression_that_takes_too_long_to_match_is_given_up() {
    TemplateProblem problem = problem(Limits.STANDARD, "{{ ('a' * 40)|regex_match('(a+)+b') }}");

    assertThat(problem.exception()).isEqualTo("error");
  }
}

package salt.common.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TemplateProblemTest {
  private static final Map<String, String> FILES =
      Map.of(
          "web/map.jinja", "{% from './deep.jinja' import value %}\n{{ value() }}\n",
          "web/deep.jinja", "{% macro value() %}\nx\n{{ missing.part }}{% endmacro %}",
          "bad.jinja", "fine\n{% if %}\n");

  private static TemplateProblem problem(String template) {
    TemplateFiles files =
        path ->
            Optional.ofNullable(FILES.get(path))
                .map(text -> new TemplateFiles.Found("/cache/" + path, text));
    SaltContext context =
        new SaltContext(
            Map.of("pillar", Map.of()),
            SaltFunctions.NONE,
            files,
            "base",
            "web.case",
            "web/case.sls",
            "/cache/web/case.sls");
    return catchThrowableOfType(
        TemplateProblem.class, () -> new SaltTemplates().render(template, context));
  }

  @Test
  void a_problem_says_what_salt_says() {
    TemplateProblem problem = problem("one\n{{ pillar.nothing }}\nthree\n");

    assertThat(problem.kind()).isEqualTo(TemplateProblem.Kind.UNDEFINED);
    assertThat(problem.report())
        .isEqualTo(
            """
            Jinja variable 'dict object' has no attribute 'nothing'; line 2

            ---
            one
            {{ pillar.nothing }}    <======================
            three
            ---""");
  }

  @Test
  void a_caret_points_at_an_unknown_name() {
    TemplateProblem problem = problem("a\nb {{ 1 + nothing }}\n");

    assertThat(problem.places()).containsExactly(new TemplateProblem.Place("web/case.sls", 2, 10));
    assertThat(problem.pointed()).isEqualTo("b {{ 1 + nothing }}\n         ^");
  }

  @Test
  void a_caret_points_at_what_can_not_be_parsed() {
    TemplateProblem problem = problem("{% set x = [1, 2 %}\n");

    assertThat(problem.kind()).isEqualTo(TemplateProblem.Kind.SYNTAX);
    assertThat(problem.pointed()).isEqualTo("{% set x = [1, 2 %}\n                  ^");
  }

  @Test
  void the_chain_of_includes_and_imports_is_told() {
    TemplateProblem problem = problem("top\n{% include 'web/map.jinja' %}\n");

    assertThat(problem.line()).isZero();
    assertThat(problem.getMessage())
        .startsWith("Jinja variable 'missing' is undefined\n/cache/web/deep.jinja(3):\n---\n");
    assertThat(problem.places().stream().map(p -> p.template() + ":" + p.line()))
        .containsExactly("web/deep.jinja:3", "web/map.jinja:2", "web/case.sls:2");
    assertThat(problem.details())
        .contains(
            "in web/deep.jinja, line 3, column 4:\n    {{ missing.part }}{% endmacro %}\n       ^")
        .endsWith("from web/map.jinja, line 2\n  from web/case.sls, line 2");
  }

  @Test
  void a_file_that_can_not_be_parsed_is_named() {
    TemplateProblem problem = problem("{% import 'bad.jinja' as bad %}");

    assertThat(problem.exception()).isEqualTo("TemplateSyntaxError");
    assertThat(problem.getMessage()).contains("/cache/bad.jinja(2):");
  }
}
